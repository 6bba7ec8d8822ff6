"""The example in the docstring of an operation, run as students would run it."""

import ast
import doctest
import re

from reference.catalogue import described, file, module

# As numpy prints a number since version 2.
SCALAR = re.compile(r"\bnp\.(?:\w+\(([^()\[\]]*)\)|(True|False)_)")


class _Output(doctest.OutputChecker):
    """Compares what is printed, with a number of numpy as a plain one."""

    def check_output(self, want: str, got: str, optionflags: int) -> bool:
        return super().check_output(_plain(want), _plain(got), optionflags)


def _plain(text: str) -> str:
    return SCALAR.sub(r"\1\2", text)


def wrong(name: str) -> str:
    """The first line of the example of an operation that is not as it says, or nothing."""
    found = module(name)
    path = file(found.__name__)
    text = found.__doc__ or ""
    begin = ast.parse(path.read_bytes()).body[0].lineno - 1
    try:
        test = doctest.DocTestParser().get_doctest(text, vars(found).copy(), name, str(path), begin)
        doctest.DebugRunner(_Output(), verbose=False).run(test)
    except ValueError as error:  # it cannot be read
        return f"{path}: {error}"
    except doctest.DocTestFailure as failure:
        place = f"{path}, line {begin + failure.example.lineno + 1}"
        prints = failure.got.strip() or "nothing"
        return f"{place}: the example prints {prints}, and says {failure.example.want.strip()}"
    except doctest.UnexpectedException as raised:
        line, cause = begin + raised.example.lineno + 1, raised.exc_info[1]
        assert isinstance(cause, Exception)
        return f"{described(cause, path, line)}, in the example of the docstring"
    return ""
