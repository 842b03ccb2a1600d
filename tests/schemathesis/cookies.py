"""Signs the caller in, whose address is in the environment; without one the caller is anonymous.

Operations that end sessions are called as a second account, and signed in for every call, so that the others keep theirs.
"""

import http.cookies
import os
import urllib.parse
import urllib.request

import schemathesis

ENDS_SESSIONS = {
    "AccountDelete",
    "AccountLogout",
    "AccountUpdatePwd",
    "EndAccountSession",
    "EndOtherAccountSessions",
    "RefreshAccessToken",
}


def sign_in(email):
    form = urllib.parse.urlencode({"username": email, "password": os.environ["IRONTRACK_PASSWORD"]})
    answer = urllib.request.urlopen(os.environ["IRONTRACK_ADDRESS"] + "/api/v1/access/signin", form.encode())
    tokens = http.cookies.SimpleCookie()
    for header in answer.headers.get_all("Set-Cookie"):
        tokens.load(header)
    return {name: morsel.value for name, morsel in tokens.items()}


if "IRONTRACK_EMAIL" in os.environ:

    @schemathesis.auth(refresh_interval=None)
    class Cookies:
        """Both cookies of a session."""

        def __init__(self):
            self.session = sign_in(os.environ["IRONTRACK_EMAIL"])

        def get(self, case, context):
            operation = context.operation.definition.raw.get("operationId")
            if operation in ENDS_SESSIONS:
                return sign_in(os.environ["IRONTRACK_OTHER_EMAIL"])
            return self.session

        def set(self, case, tokens, context):
            case.cookies = {**(case.cookies or {}), **tokens}
