namespace Bench.Quality;

/// <summary>Photographs and paintings from Debian packages; nothing of them is kept in the repository.</summary>
/// <param name="Package">The Debian package; its copyright file names authors and licences.</param>
/// <param name="Licence">In short.</param>
/// <param name="Files">Which of its files, as patterns below <c>usr/share</c> and the like.</param>
/// <param name="IsUnseen">Whether nobody looked at its pictures, or at what became of them, when the pixel rule was set.</param>
internal sealed record PhotoSet(string Package, string Licence, string[] Files, bool IsUnseen = false)
{
    public static readonly PhotoSet[] All =
    [
        new(
            "opencv-doc",
            "Apache-2.0 (OpenCV samples)",
            [
                "aero1.jpg",
                "aloeL.jpg",
                "apple.jpg",
                "baboon.jpg",
                "basketball1.png",
                "blox.jpg",
                "board.jpg",
                "box_in_scene.png",
                "building.jpg",
                "butterfly.jpg",
                "cards.png",
                "chicky_512.png",
                "ela_original.jpg",
                "fruits.jpg",
                "graf1.png",
                "HappyFish.jpg",
                "home.jpg",
                "left01.jpg",
                "leuvenA.jpg",
                "licenseplate_motion.jpg",
                "messi5.jpg",
                "orange.jpg",
                "rubberwhale1.png",
                "smarties.png",
                "squirrel_cls.jpg",
                "starry_night.jpg",
                "stuff.jpg",
                "sudoku.png",
            ]
        ),
        new(
            "mate-backgrounds",
            "GPL-2+, CC-BY-SA",
            [
                "Aqua.jpg",
                "Blinds.jpg",
                "Dune.jpg",
                "FreshFlower.jpg",
                "Garden.jpg",
                "GreenMeadow.jpg",
                "LadyBird.jpg",
                "RainDrops.jpg",
                "Storm.jpg",
                "TwoWings.jpg",
                "Wood.jpg",
                "YellowFlower.jpg",
                "Elephants.jpg",
            ]
        ),
        new("plasma-workspace-wallpapers", "LGPL-3, CC-BY-SA-4.0", ["2560x1600.jpg", "5120x2880.jpg", "5120x2880.png", "3840x2160.png"]),
        new(
            "python3-skimage",
            "BSD-3-Clause, public domain",
            [
                "astronaut.png",
                "brick.png",
                "camera.png",
                "chelsea.png",
                "coffee.png",
                "coins.png",
                "grass.png",
                "gravel.png",
                "hubble_deep_field.jpg",
                "ihc.png",
                "moon.png",
                "motorcycle_left.png",
                "page.png",
                "retina.jpg",
                "rocket.jpg",
            ]
        ),
        new(
            "gnome-backgrounds",
            "CC-BY-SA-3.0",
            ["vnc-l.webp", "wood-d.webp", "truchet-l.webp", "pixels-l.webp", "adwaita-l.webp", "licorice-d.webp"]
        ),
        new("lomiri-wallpapers-16.04", "CC-BY-4.0, CC-BY-SA-3.0, CC-BY-SA-4.0, CC0", ["*.jpg"]),
        new("lomiri-wallpapers-20.04", "CC-BY-4.0, CC-BY-SA-3.0, CC-BY-SA-4.0, CC0", ["*.jpg"]),
        new("ukui-wallpapers", "CC-BY-SA-3.0", ["*.jpg", "*.png"]),
        new(
            "palapeli-data",
            "GPL-2+, LGPL-2+, GFDL-1.2+, CC0",
            ["cincinnati-bridge.jpg", "european-honey-bee.jpg", "panther-chameleon-female.jpg", "castle-maintenon.jpg", "citrus-fruits.jpg"]
        ),
        new("python3-sklearn", "BSD-3-Clause", ["china.jpg", "flower.jpg"]),
        new(
            "lxqt-themes",
            "LGPL-2.1+, LGPL-3, CC-BY-SA-3.0",
            [
                "fog.jpg",
                "after-the-rain.jpg",
                "Butterfly-Kenneth-Wimer.jpg",
                "flowers.png",
                "appleflower.png",
                "butterfly.png",
                "Valendas.png",
            ]
        ),
        new("tuxmath-data", "GPL-3+, CC-BY-SA-3.0, public domain", ["?.jpg"], IsUnseen: true),
        new("tuxtype-data", "GPL-2+", ["kcas*.jpg", "?.jpg"], IsUnseen: true),
        new("sddm-theme-maldives", "Expat, CC-BY-SA-3.0", ["background.jpg"], IsUnseen: true),
        new(
            "libjxl-testdata",
            "CC0, BSD-3-Clause",
            ["flower.png", "hdr_room.png", "tmshre_riaphotographs_srgb8.png", "cvo9xd_keong_macan_srgb8.png", "u76c0g_bliznaca_srgb8.png"],
            IsUnseen: true
        ),
    ];

    /// <summary>Downloads and unpacks the package where it is not there yet, and finds the files.</summary>
    public IReadOnlyList<string> Find(string work)
    {
        var folder = DebianPackage.Folder(work, Package);
        return
        [
            .. Files
                .SelectMany(pattern => Directory.GetFiles(folder, pattern, SearchOption.AllDirectories))
                .Where(file => !file.Contains("/html/", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Copies the known pictures into a folder, to calibrate on; the unseen ones stay unseen.</summary>
    public static void Collect(string work, string folder)
    {
        Directory.CreateDirectory(folder);
        var count = 0;
        foreach (var file in All.Where(set => !set.IsUnseen).SelectMany(set => set.Find(work)))
        {
            File.Copy(file, Path.Combine(folder, $"{++count:000}-{Path.GetFileName(file)}"), overwrite: true);
        }

        Console.WriteLine(
            $"{count} pictures are in {folder}. Calibrate on them with: dotnet run --project local -- calibrate --folder {folder} --write "
                + "models/default/thresholds.json"
        );
    }
}
