"""Writes what Sifang is made of (CycloneDX 1.6, JSON): every package and vendored library with hashes and licence.

`python -m tools.sbom [FILE]`; build/sbom.json unless named. The same for the same lock files, byte for byte.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.locked import ROOT, Component, locked, vendored

SPELLED = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
}
"""What older packages call their licence, by its SPDX name."""
UNKNOWN = "NOASSERTION"


class NotInstalled(RuntimeError):
    """The lock file names a version that is not the one installed: its licence cannot be read."""


def licence_of(component: Component) -> str:
    """The SPDX expression of a component's licence. Raises NotInstalled."""
    if component.licence is not None:
        return component.licence
    if not component.is_here:
        return UNKNOWN
    try:
        about = metadata.metadata(component.name)
    except metadata.PackageNotFoundError:
        raise NotInstalled(f"{component.name} is not installed: run make test first") from None
    if about["Version"] != component.version:
        raise NotInstalled(f"{component.name} {component.version} is locked, {about['Version']} installed")
    named = [*(about.get_all("License-Expression") or ()), *(about.get_all("License") or ())]
    named += [each.rpartition(" :: ")[2] for each in about.get_all("Classifier") or () if each.startswith("License ::")]
    # Some packages put the whole text there.
    short = [each for each in named if each and "\n" not in each and len(each) < 60]
    return SPELLED.get(short[0], short[0]) if short else UNKNOWN


def _told(component: Component) -> dict[str, Any]:
    said: dict[str, Any] = {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "scope": "required" if component.is_here else "optional",
        "purl": component.purl,
        "licenses": [{"expression": licence_of(component)}],
    }
    if all(not file for file, _ in component.hashes):
        said["hashes"] = [{"alg": "SHA-256", "content": digest} for _, digest in component.hashes]
    else:
        said["components"] = [
            {
                "type": "file",
                "bom-ref": f"{component.purl}#{file}",
                "name": f"web/vendor/{file}",
                "hashes": [{"alg": "SHA-256", "content": digest}],
            }
            for file, digest in component.hashes
        ]
    return said


def sbom(components: list[Component]) -> dict[str, Any]:
    """The document."""
    own = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ref = f"pkg:generic/{own['name']}@{own['version']}"
    told = sorted((_told(each) for each in components), key=lambda each: each["purl"])
    licence = [{"license": {"id": own["license"]["text"]}}]
    component = {"type": "application", "bom-ref": ref, "name": own["name"], "version": own["version"]}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(told, sort_keys=True))}",
        "version": 1,
        "metadata": {"component": {**component, "licenses": licence}},
        "components": told,
        "dependencies": [{"ref": ref, "dependsOn": [each["purl"] for each in told]}],
    }


def main(arguments: list[str]) -> int:
    """Write the file; 1 when the lock and what is installed differ."""
    target = Path(arguments[0]) if arguments else ROOT / "build" / "sbom.json"
    try:
        made = sbom([*locked(), *vendored()])
    except NotInstalled as error:
        print(f"No list of components was written: {error}", file=sys.stderr)
        return 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(made, indent=2, ensure_ascii=False) + "\n", "utf-8")
    print(f"{target}: {len(made['components'])} components")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
