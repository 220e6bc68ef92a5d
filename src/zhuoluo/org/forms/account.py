"""Signing in and keeping one's own account."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuoluo.org.models import User


class SignInForm(forms.Form):
    """Account name and password. What was wrong of the two is not told."""

    username = forms.CharField(label=gettext_lazy("账号"), max_length=60)
    password = forms.CharField(label=gettext_lazy("密码"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        self.fields["password"].widget.attrs |= {"autocomplete": "current-password"}

    def clean(self) -> dict[str, Any]:
        """Check the pair; the lockout counts here too."""
        data = self.cleaned_data
        if "username" in data and "password" in data:
            found = authenticate(self.request, username=data["username"], password=data["password"])
            if not isinstance(found, User):
                raise ValidationError(_("账号或密码不对。连续输错五次会锁定十五分钟。"))
            self.user = found
        return data


class CodeForm(forms.Form):
    """Six digits from the authenticator, or a recovery code."""

    code = forms.CharField(label=gettext_lazy("动态码"), max_length=16)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"autocomplete": "one-time-code", "inputmode": "text", "spellcheck": "false"}
        self.fields["code"].widget.attrs |= attrs

    def clean_code(self) -> str:
        """Return the code without blanks."""
        return str(self.cleaned_data["code"]).replace(" ", "").replace("-", "").lower()


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=gettext_lazy("新密码"), strip=False, widget=forms.PasswordInput,
        help_text=gettext_lazy("至少 12 位。用几个不相干的词最好记，不要求定期更换。"),
    )  # fmt: skip
    again = forms.CharField(label=gettext_lazy("再输一遍"), strip=False, widget=forms.PasswordInput)

    def __init__(self, *args: Any, user: User | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for name in ("password", "again"):
            self.fields[name].widget.attrs["autocomplete"] = "new-password"

    def clean(self) -> dict[str, Any]:
        """Refuse a weak password or two that differ."""
        data = self.cleaned_data
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("两遍输入的密码不一样"))
        elif data.get("password"):
            try:
                password_validation.validate_password(data["password"], self.user)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class ResetForm(NewPasswordForm):
    """Account name, the one-time code from the administrator, and the new password."""

    username = forms.CharField(label=gettext_lazy("账号"), max_length=60)
    code = forms.CharField(
        label=gettext_lazy("重置码"),
        max_length=20,
        help_text=gettext_lazy("向系统管理员领取，十分钟内有效，只能用一次。"),
    )
    field_order = ("username", "code", "password", "again")
