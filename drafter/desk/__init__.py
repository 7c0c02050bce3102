"""The desk (起草台): pages in the user's browser for everything the commands do, served by this process to this machine alone.

A door: imports `commands`, `diagnostic`, `startup`, and its toolkit (starlette, uvicorn, jinja2), which nothing else pays for.
Law: it decides nothing. A page never names a path; only the address it was opened by has the token.
"""
