"""What a page says to do where the command says what to type: by the code of the problem."""

#: Code of a problem → what to do on a page.
FOR_PAGES: dict[str, str] = {
    "file-exists": "换一个名字。",
}
