"""On-site days: agenda from open matters, decisions typed once as three lists, the daily dispatch to the last item."""
