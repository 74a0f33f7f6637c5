"""Everything that is handed out, one command each; results lie in `dist/`.

    python packaging/build.py wheel       wheel and source archive
    python packaging/build.py bundle      one folder that needs no Python (PyInstaller)
    python packaging/build.py sbom        what is inside, as CycloneDX JSON
    python packaging/build.py lock        packaging/requirements.lock, with hashes
    python packaging/build.py desktop DIR desktop entry, file type and icon under DIR (`~/.local`)

`uv` must be on the PATH, nothing else. The bundle takes the build of torch for processors, which
uv finds by itself; `--torch` names another (`--torch default` for the one with CUDA, five times as
large; `--torch 'torch==2.13.0+cpu'` for a wheel in a folder that UV_FIND_LINKS names).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
DIST, BUILD = ROOT / "dist", ROOT / "build"
LOCK = HERE / "requirements.lock"
BUNDLE = "dynseg-annotator"
TOOLS = ("pyinstaller>=6.22,<7", "cyclonedx-bom>=7.5,<8")
ABOUT_CUDA = re.compile(r"^(torch|torchvision|triton|nvidia-|cuda-)")
"""Pins that belong to one build of torch."""


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    what = parser.add_subparsers(dest="what", required=True)
    what.add_parser("wheel").set_defaults(run=lambda _: wheel())
    bundling = what.add_parser("bundle")
    bundling.add_argument("--torch", default="cpu", metavar="cpu|default|REQUIREMENT")
    bundling.set_defaults(run=lambda chosen: bundle(chosen.torch))
    what.add_parser("sbom").set_defaults(run=lambda _: sbom())
    what.add_parser("lock").set_defaults(run=lambda _: lock())
    desktop_parser = what.add_parser("desktop")
    desktop_parser.add_argument("prefix", type=Path)
    desktop_parser.set_defaults(run=lambda chosen: desktop(chosen.prefix))
    chosen = parser.parse_args()
    chosen.run(chosen)


def wheel() -> Path:
    """Build wheel and source archive; returns the wheel."""
    for old in (*DIST.glob("*.whl"), *DIST.glob("*.tar.gz")):
        old.unlink()
    _call("uv", "build", "--quiet", "--out-dir", str(DIST), str(ROOT))
    (built,) = DIST.glob("*.whl")
    _say(f"{built.relative_to(ROOT)}  {built.stat().st_size / 1e6:.1f} MB")
    return built


def lock() -> None:
    """Write the pinned and hashed dependencies; says nothing of where they come from."""
    _call(
        "uv", "export", "--quiet", "--no-dev", "--no-emit-project", "--no-header",
        "--format", "requirements.txt", "--output-file", str(LOCK), cwd=ROOT,
    )  # fmt: skip


def bundle(torch: str) -> Path:
    """Build the folder in an environment of its own; returns the folder."""
    python = _environment(torch)
    environment = {**os.environ, "DYNSEG_BUNDLE_ICON": str(_icon(python))}
    target = DIST / "bundle"
    shutil.rmtree(target, ignore_errors=True)
    _call(
        str(python), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN",
        "--distpath", str(target), "--workpath", str(BUILD / "pyinstaller"),
        str(HERE / "bundle" / "dynseg.spec"), env=environment,
    )  # fmt: skip
    folder = target / BUNDLE
    _inventory(python, folder / "sbom.cdx.json")
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    if sys.platform == "linux":
        _desktop_files(folder)
    size = sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    _say(f"{folder.relative_to(ROOT)}  {size / 1e6:.0f} MB")
    return folder


def sbom() -> Path:
    """Name every part of an installation with version, licence and origin."""
    python = _python()
    if not python.exists():
        python = _environment("default")
    target = DIST / "sbom.cdx.json"
    DIST.mkdir(exist_ok=True)
    _inventory(python, target)
    _say(str(target.relative_to(ROOT)))
    return target


def desktop(prefix: Path) -> None:
    """Put desktop entry, project file type, metainfo and icon where a Linux desktop looks."""
    prefix = prefix.expanduser()
    _desktop_files(prefix)
    for program, folder in (
        ("update-mime-database", "share/mime"),
        ("update-desktop-database", "share/applications"),
    ):
        if shutil.which(program):
            _call(program, str(prefix / folder))


def _desktop_files(prefix: Path) -> None:
    name = "org.dynseg.Annotator"
    icon = ROOT / "resources" / "dynseg_resources" / "application.svg"
    for source, place in (
        (HERE / "linux" / f"{name}.desktop", f"share/applications/{name}.desktop"),
        (HERE / "linux" / f"{name}.xml", f"share/mime/packages/{name}.xml"),
        (HERE / "linux" / f"{name}.metainfo.xml", f"share/metainfo/{name}.metainfo.xml"),
        (icon, f"share/icons/hicolor/scalable/apps/{name}.svg"),
    ):
        target = prefix / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def _environment(torch: str) -> Path:
    """A fresh environment with the wheel, the pinned dependencies and the tools."""
    built, folder = wheel(), BUILD / "environment"
    _call("uv", "venv", "--quiet", "--clear", "--python", sys.executable, str(folder))
    constraints = BUILD / "constraints.txt"
    constraints.write_text("\n".join(_pins(any_torch=torch != "default")) + "\n", encoding="utf-8")
    choice = {"default": [], "cpu": ["--torch-backend", "cpu"]}.get(torch, [torch])
    python = _python()
    _call(
        "uv", "pip", "install", "--quiet", "--python", str(python), "--constraint",
        str(constraints), f"{built}[export]", *TOOLS, *choice,
    )  # fmt: skip
    return python


def _python() -> Path:
    folder = BUILD / "environment"
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _pins(*, any_torch: bool) -> Iterator[str]:
    """Lines of the lock without their hashes, which differ between the builds of torch."""
    for line in LOCK.read_text(encoding="utf-8").splitlines():
        if not line or line[0] in "# -" or (any_torch and ABOUT_CUDA.match(line)):
            continue
        yield line.removesuffix("\\").strip()


def _icon(python: Path) -> Path:
    """The icon as PNG, which PyInstaller turns into what each system wants."""
    source = ROOT / "resources" / "dynseg_resources" / "application.svg"
    target = BUILD / "icon.png"
    program = (
        "import sys\n"
        "from PySide6.QtGui import QGuiApplication, QImage, QPainter\n"
        "from PySide6.QtSvg import QSvgRenderer\n"
        "application = QGuiApplication(['icon'])\n"
        "image = QImage(512, 512, QImage.Format.Format_ARGB32)\n"
        "image.fill(0)\n"
        "painter = QPainter(image)\n"
        "QSvgRenderer(sys.argv[1]).render(painter)\n"
        "painter.end()\n"
        "assert image.save(sys.argv[2])\n"
    )
    offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    _call(str(python), "-c", program, str(source), str(target), env=offscreen)
    return target


def _inventory(python: Path, target: Path) -> None:
    _call(
        str(python), "-m", "cyclonedx_py", "environment", "--pyproject",
        str(ROOT / "pyproject.toml"), "--mc-type", "application", "--output-reproducible",
        "--output-format", "JSON", "--output-file", str(target), str(python),
    )  # fmt: skip


def _call(*command: str, cwd: Path | None = None, env: dict[str, str] | None = None) -> None:
    """Run a program; its own words are the report when it fails."""
    try:
        subprocess.run(command, check=True, cwd=cwd, env=env)
    except FileNotFoundError:
        sys.exit(f"{command[0]} is not on the PATH.")
    except subprocess.CalledProcessError as error:
        sys.exit(f"{Path(command[0]).name} ended with status {error.returncode}.")


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
