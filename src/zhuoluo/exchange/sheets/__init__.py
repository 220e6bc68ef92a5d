"""Sheets: read any real 台账 (xlsx, xls, csv, tsv) safely, map its columns, write workbooks safely.

Ask `read` for the raw sheets of an upload, `headers` for the tables in them, `mapping` for what the rows say,
`write` for what goes back. The modules stand on one another, a later one never imported by an earlier one:

    sentences → problems → limits → archive, ole, when → values → sheetscan → guard_xlsx, guard_xls → guard
    → csvtext → read → fields, grid → tablerows → headers → choices → guessing, rowvalues → mapping → write

All of them are pure: bytes and plain values in, plain values out; no Django, no files, no network, no "now".
"""
