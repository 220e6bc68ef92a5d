"""The live room: a talk watched and asked at by many at once; no question gets lost when it closes."""
