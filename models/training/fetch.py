"""Gets every package by its pinned name and version through npm, NuGet and apt, nothing else."""
import json
import subprocess
import urllib.request
import zipfile
from pathlib import Path

NUGET = "https://api.nuget.org/v3-flatcontainer/{0}/{1}/{0}.{1}.nupkg"


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
    for name, version in sources["nuget"].items():
        folder = Path(work) / "nuget" / name
        if not folder.exists():
            archive, fresh = (folder.parent / (name + end) for end in (".nupkg", ".new"))
            folder.parent.mkdir(exist_ok=True)
            urllib.request.urlretrieve(NUGET.format(name.lower(), version), archive)
            with zipfile.ZipFile(archive) as packed:
                packed.extractall(fresh)
            fresh.rename(folder)
