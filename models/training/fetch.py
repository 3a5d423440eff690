"""Gets every package by its pinned name and version through npm and apt, nothing else."""
import json
import subprocess
from pathlib import Path


def fetch(work, sources):
    npm, deb = Path(work) / "npm", Path(work) / "deb"
    npm.mkdir(parents=True, exist_ok=True)
    deb.mkdir(exist_ok=True)
    wanted = {"private": True, "dependencies": sources["npm"]}
    manifest = npm / "package.json"
    if not manifest.exists() or json.loads(manifest.read_text()).get("dependencies") != sources["npm"]:
        manifest.write_text(json.dumps(wanted, indent=1))
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=npm, check=True)
    for name, version in sources["debian"].items():
        if (deb / name).exists():
            continue
        subprocess.run(["apt-get", "download", "-q", f"{name}={version}"], cwd=deb, check=True)
        archive = next(deb.glob(f"{name}_*.deb"))
        subprocess.run(["dpkg-deb", "-x", str(archive), str(deb / name)], check=True)
