"""Signing in and out, the second factor, one's own password."""

import base64
import io
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_otp import devices_for_user, match_token
from django_otp import login as otp_login
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuoluo.org import actions
from zhuoluo.org.access import account, asking, needs, public
from zhuoluo.org.forms.account import CodeForm, NewPasswordForm, ResetForm, SignInForm
from zhuoluo.org.models import User

BACKEND = "django.contrib.auth.backends.ModelBackend"
RECOVERY_CODES = 8
asked = require_http_methods(["GET", "HEAD", "POST"])  # pages with a form


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else settings.LOGIN_REDIRECT_URL


@public
@never_cache
@asked
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for account and password; with a second factor, ask for its code next."""
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        if list(devices_for_user(form.user)):
            request.session["half"] = str(form.user.pk)
            request.session["half_next"] = _next(request)
            return redirect("org:code")
        login(request, form.user, backend=BACKEND)
        return redirect(_next(request))
    context = {"form": form, "next": request.GET.get("next", ""), "idle": "idle" in request.GET}
    return render(request, "org/sign_in.html", context)


@public
@never_cache
@asked
def code(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor after the right password; django-otp slows repeated wrong codes."""
    user = User.objects.filter(pk=str(request.session.get("half", UUID(int=0))), is_active=True).first()
    if user is None:
        return redirect("org:sign-in")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = match_token(user, form.cleaned_data["code"])
        if device is not None:
            wanted = request.session.pop("half_next", settings.LOGIN_REDIRECT_URL)
            login(request, user, backend=BACKEND)
            otp_login(request, device)
            return redirect(wanted)
        form.add_error("code", _("动态码不对或者已过期，请看最新的六位数字"))
    return render(request, "org/code.html", {"form": form})


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server."""
    logout(request)
    return redirect("org:sign-in")


@public
@never_cache
@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """Say that the account is locked for a while, and what to do."""
    return render(request, "org/locked.html", status=403)


@needs()
@never_cache
@asked
@sensitive_post_parameters("password", "again")
def password(request: HttpRequest) -> HttpResponse:
    """Set one's own new password."""
    user = account(request)
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        actions.change_password(
            user=user,
            password=form.cleaned_data["password"],
            by=asking(request),
            at=timezone.now(),
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("密码已更改，其他地方的登录已经退出"))
        return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "org/password.html", {"form": form, "must": user.must_change_password})


@public
@never_cache
@asked
@sensitive_post_parameters("password", "again", "code")
def reset(request: HttpRequest) -> HttpResponse:
    """Set a new password with a one-time code from the administrator."""
    form = ResetForm(request.POST or None, user=None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        user = actions.use_reset_code(
            username=data["username"], code=data["code"], password=data["password"], at=timezone.now()
        )
        if user is not None:
            messages.success(request, _("新密码已设置，请登录"))
            return redirect("org:sign-in")
        form.add_error("code", _("账号或重置码不对，或者重置码已经失效；请向系统管理员重新领取"))
    return render(request, "org/reset.html", {"form": form})


@needs()
@never_cache
@asked
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: scan, type its code once, keep the recovery codes."""
    user = account(request)
    if TOTPDevice.objects.filter(user=user, confirmed=True).exists():
        return render(request, "org/second_factor_on.html", {"form": CodeForm()})
    device, _made = TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": "app"})
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if device.verify_token(form.cleaned_data["code"]):
            return _confirm(request, user, device)
        form.add_error("code", _("动态码不对，请看最新的六位数字"))
    context = {"form": form, "qr": _qr(device.config_url), "secret": _secret(device)}
    return render(request, "org/second_factor.html", context)


def _confirm(request: HttpRequest, user: User, device: TOTPDevice) -> HttpResponse:
    device.confirmed = True
    device.save(update_fields=["confirmed"])
    static, _made = StaticDevice.objects.get_or_create(
        user=user, name="recovery", defaults={"confirmed": True}
    )
    static.token_set.all().delete()
    codes = [StaticToken.random_token() for _ in range(RECOVERY_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=static, token=token) for token in codes])
    otp_login(request, device)
    actions.note_second_factor(user=user, added=True, by=asking(request), at=timezone.now())
    return render(request, "org/recovery_codes.html", {"codes": codes})


@needs()
@require_POST
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Take the second factor away, with a valid code."""
    user = account(request)
    form = CodeForm(request.POST)
    if form.is_valid() and match_token(user, form.cleaned_data["code"]):
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        actions.note_second_factor(user=user, added=False, by=asking(request), at=timezone.now())
        messages.success(request, _("已关闭动态码登录"))
        return redirect(settings.LOGIN_REDIRECT_URL)
    messages.error(request, _("动态码不对，没有关闭"))
    return redirect("org:second-factor")


def _qr(text: str) -> str:
    """Return a QR code as a data URI for an img element."""
    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=5, border=2)
    return "data:image/svg+xml;base64," + base64.b64encode(out.getvalue()).decode()


def _secret(device: Any) -> str:
    letters = base64.b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(letters[i : i + 4] for i in range(0, len(letters), 4))
