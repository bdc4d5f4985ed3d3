"""A suggested policy in the forms people work with: shared by its page and the flow that attaches a storage."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from screens.widgets.text_pane import TextPane
from screens.widgets.tones import Cell
from screens.widgets.views import Views

if TYPE_CHECKING:
    from dwtui.client.generated.fragments import PolicyForms


class Form(NamedTuple):
    """A form: what it is called, the file it would be saved in, and its name in the preferences."""

    title: str
    file_name: str
    id: str


FORMS = (
    Form("Console", "policy-steps.txt", "console"),
    Form("AWS CLI", "policy.sh", "aws-cli"),
    Form("CloudFormation", "policy.yaml", "cloudformation"),
    Form("Terraform", "policy.tf", "terraform"),
    Form("Policy", "policy.json", "document"),
)


class PolicyViews(Views):
    """The forms as views; `show_policy` fills them. The page that holds it steps through them."""

    def __init__(self) -> None:
        self._panes = {
            form.title: TextPane("Asking the API…", wraps=form.title == "Console") for form in FORMS
        }
        super().__init__(dict(self._panes))

    @property
    def form(self) -> Form:
        """The form that is shown."""
        return next(form for form in FORMS if form.title == self.current)

    @property
    def text(self) -> str:
        """The text that is shown."""
        return self._panes[self.current].text

    def show_policy(self, policy: PolicyForms) -> None:
        """Fill the forms."""
        steps = "\n".join(f"{at}. {step}" for at, step in enumerate(policy.console_steps, 1))
        steps += f"\n\nThe suggested policy:\n\n{policy.document}"
        texts = (steps, policy.aws_cli, policy.cloud_formation, policy.terraform, policy.document)
        for form, text in zip(FORMS, texts, strict=True):
            self._panes[form.title].show(text)
        self.tell(Cell(f"IAM user {policy.user_name}", "muted"))

    def show_form(self, id_: str | None) -> None:
        """Show the form of that name in the preferences."""
        for form in FORMS:
            if form.id == id_:
                self.show(form.title)
