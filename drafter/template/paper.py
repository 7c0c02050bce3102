"""Styles of what a paper has and a speech has not (GB/T 9704—2012, 7.2 and 7.3.4): made of a template's own body where
`format` needs them, so that no template must say them and no speech carries them."""

from collections.abc import Collection

from drafter.template.styles import BODY, Style, Template

#: Ids of the styles by their roles; as the others they are ASCII.
_IDS = {
    "份号": "SpeechCopyNumber",
    "密级": "SpeechSecrecy",
    "紧急程度": "SpeechUrgency",
    "发文字号": "SpeechDocumentNumber",
    "附件说明": "SpeechAttachmentNote",
    "附件标记": "SpeechAttachmentMark",
    "居中": "SpeechCentred",
    "靠右": "SpeechAtRight",
}

PAPER_ROLES = frozenset(_IDS)

#: 汉字 the entries of a note on attachments are set in under the first (GB/T 9704—2012, 7.3.4: 附件：1. stands above).
ENTRY_CHARS = 5


def paper_styles(template: Template) -> tuple[Style, ...]:
    """The styles of a paper, in a template's body type: the number in the middle (7.2.5), degrees of secrecy and
    urgency and the mark of an attachment in 黑体 at the left (7.2.2, 7.2.3, 7.3.7), the rest as the body is; and a line in
    the middle or at the right that nobody can tell."""
    body = template.style(BODY)
    dark = next((style.font for style in template.styles if style.role == "一级标题"), "") or "黑体"
    looks = {
        "份号": body._replace(indent_chars=0, align="left"),
        "密级": body._replace(indent_chars=0, align="left", font=dark),
        "紧急程度": body._replace(indent_chars=0, align="left", font=dark),
        "发文字号": body._replace(indent_chars=0, align="center"),
        "附件说明": body,
        "居中": body._replace(indent_chars=0, align="center"),
        "靠右": body._replace(indent_chars=0, align="right"),
        "附件标记": body._replace(indent_chars=0, align="left", font=dark, keep_next=True),
    }
    prefix = body.name.removesuffix(BODY)
    return tuple(
        look._replace(role=role, name=f"{prefix}{role}", style_id=_IDS[role], like=BODY) for role, look in looks.items()
    )


def with_paper_styles(template: Template, roles: Collection[str]) -> Template:
    """A template with the styles of a paper among some roles."""
    needed = PAPER_ROLES.intersection(roles)
    return template._replace(styles=(*template.styles, *(s for s in paper_styles(template) if s.role in needed)))
