"""Whether an answer is XML such as S3, STS and IAM give: what is made to hurt its reader is not given to one."""

from xml.parsers import expat

# A page of 1,000 object versions has some 15,000 elements, no more than five deep.
DEEPEST = 32
MOST_ELEMENTS = 50_000


class _Beyond(Exception):
    """Ends the look at an answer."""


def is_harmless(body: bytes) -> bool:
    """Whether XML has no document type, which may hold bombs, and neither depth nor size beyond those of AWS.

    What is no XML, or breaks off, is as harmless as its beginning.
    """
    depth = elements = 0

    def begin(*_: object) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > DEEPEST or elements > MOST_ELEMENTS:
            raise _Beyond

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise _Beyond

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(body, True)
    except expat.ExpatError:
        return True
    except _Beyond:
        return False
    return True
