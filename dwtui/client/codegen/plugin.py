"""What the generator does differently for us. It runs where the generator does: nothing of ours is there."""

import ast
import re

from ariadne_codegen.plugins.base import Plugin
from graphql import FieldNode, GraphQLInputField, OperationDefinitionNode

_SECRETS = frozenset({"accessKey", "secretKey", "secret"})


class HousePlugin(Plugin):  # type: ignore[misc]  # the generator is not installed where types are checked
    """Keeps secrets out of reprs and errors; lets the connection explain answers that do not fit."""

    def generate_input_field(
        self, field_implementation: ast.AnnAssign, input_field: GraphQLInputField, field_name: str
    ) -> ast.AnnAssign:
        return _hidden(field_implementation) if field_name in _SECRETS else field_implementation

    def generate_result_field(
        self,
        field_implementation: ast.AnnAssign,
        operation_definition: OperationDefinitionNode,
        field: FieldNode,
    ) -> ast.AnnAssign:
        return _hidden(field_implementation) if field.name.value in _SECRETS else field_implementation

    def generate_client_code(self, generated_code: str) -> str:
        return re.sub(r"\b(\w+)\.model_validate\(data\)", r"self.read(\1, data)", generated_code)

    def generate_inputs_code(self, generated_code: str) -> str:
        return _with_field_imported(generated_code)

    def generate_result_types_code(self, generated_code: str) -> str:
        return _with_field_imported(generated_code)

    def copy_code(self, copied_code: str) -> str:
        return copied_code.replace(
            "protected_namespaces=(),", "protected_namespaces=(), hide_input_in_errors=True,"
        )


def _hidden(field: ast.AnnAssign) -> ast.AnnAssign:
    hide = ast.keyword("repr", ast.Constant(False))
    if isinstance(field.value, ast.Call):
        field.value.keywords.append(hide)
    else:
        default = [ast.keyword("default", field.value)] if field.value is not None else []
        field.value = ast.Call(ast.Name("Field"), [], [*default, hide])
    return field


def _with_field_imported(code: str) -> str:
    if "Field(" in code and not re.search(r"^from pydantic import .*\bField\b", code, re.MULTILINE):
        return "from pydantic import Field\n" + code
    return code
