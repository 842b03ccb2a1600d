"""What the schema of compose files does not know: everything that is referred to exists.

    python deploy/check-references.py compose.yaml ...

All files are one project if the first is compose.yaml; every mistake is printed.
"""

import pathlib
import re
import sys

from ruamel.yaml import YAML

# Made by `just stack-up`.
GENERATED = ("deploy/secrets/", "deploy/certs/")


def settings(text):
    """The names in a file of settings, also those that are commented out."""
    return set(re.findall(r"^#? ?([A-Z][A-Z0-9_]*)=", text, re.MULTILINE))


def check(path, known):
    document = YAML(typ="safe").load(path)
    base = YAML(typ="safe").load(pathlib.Path("compose.yaml")) if path.name == "compose.override.yaml" else {}
    services = {**base.get("services", {}), **document["services"]}

    def declared(kind):
        return {*document.get(kind, {}), *base.get(kind, {})}

    for name, service in document["services"].items():
        at = f"{path}: {name}"
        for other in service.get("depends_on", {}):
            if other not in services:
                yield f"{at} depends on {other}, which is no service"
        for kind in ("networks", "secrets"):
            for used in service.get(kind, []):
                if used not in declared(kind):
                    yield f"{at} uses {used}, which is not among the {kind}"
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("."):
                if not pathlib.Path(source).exists():
                    yield f"{at} mounts {source}, which does not exist"
            elif source not in declared("volumes"):
                yield f"{at} uses {source}, which is not among the volumes"
        for file in service.get("env_file", []):
            if not pathlib.Path(file).exists():
                yield f"{at} reads {file}, which does not exist"
        if str(service.get("image", "")).startswith("irontrack:"):
            for setting in service.get("environment", {}):
                if setting not in known:
                    yield f"{at} sets {setting}, which is no setting in .env.example"
        for value in (service.get("environment") or {}).values():
            found = re.match(r"/run/secrets/([a-z-]+)$", str(value))
            if found and found[1] not in service.get("secrets", []):
                yield f"{at} reads the secret {found[1]}, which it does not have"
        image = service.get("image", "")
        if image and not re.search(r":[^:/]+$", image) or image.endswith(":latest"):
            yield f"{at} has the image {image} without a version"
    for name, secret in document.get("secrets", {}).items():
        if not secret["file"].startswith(GENERATED):
            yield f"{path}: the secret {name} is in {secret['file']}, which git might keep"


def main():
    known = settings(pathlib.Path(".env.example").read_text())
    mistakes = [mistake for name in sys.argv[1:] for mistake in check(pathlib.Path(name), known)]
    print("\n".join(mistakes), end="\n" if mistakes else "", file=sys.stderr)
    sys.exit(bool(mistakes))


main()
