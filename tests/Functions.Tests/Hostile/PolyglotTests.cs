using System.IO.Compression;
using System.Text;
using Functions.Tests.Imaging;
using ImageMagick;
using NetVips;
using Serverless.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>Files that are two things at once, and decoders that must never see what they are not for.</summary>
public sealed class PolyglotTests
{
    /// <summary>What other programs would run, under the names of pictures.</summary>
    public static TheoryData<string, string> Foreign =>
        new()
        {
            { "html.png", "<!DOCTYPE html><html><body><svg xmlns='http://www.w3.org/2000/svg'/></body></html>" },
            { "postscript.jpg", "%!PS-Adobe-3.0\n(/etc/passwd) (r) file\nshowpage" },
            { "eps.gif", "\u00C5\u00D0\u00D3\u00C6\u001E\0\0\0%!PS-Adobe-3.0 EPSF-3.0" },
            { "mvg.png", "push graphic-context\nimage over 0,0 0,0 'https://127.0.0.1/x'\npop graphic-context" },
            { "msl.png", "<?xml version='1.0'?><image><read filename='/etc/passwd'/><write filename='/tmp/x'/></image>" },
            { "vips.png", "\u00B6\u00A6\u00F2\u0008" + "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
            { "csv.jpg", "1,2,3\n4,5,6\n" },
            { "matrix.bmp", "2 2\n1 2\n3 4\n" },
            { "ppm.bmp", "P6 1 1 255 aaa" },
            { "xpm.gif", "/* XPM */ static char *x[] = {\"1 1 1 1\",\"a c None\",\"a\"};" },
            { "openexr.png", "v/1\u0001\u0002\0\0\0channels" },
            { "radiance.png", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y 1 +X 1\naaaa" },
            { "psd.tif", "8BPS\0\u0001\0\0\0\0\0\0\0\u0003" },
            { "jpeg2000.jpg", "\0\0\0\u000CjP  \r\n\u0087\n" },
            { "jpegxl.jpg", "\u00FF\u000A\u00FA\u001F" },
            { "ico.png", "\0\0\u0001\0\u0001\0" },
            { "video.heic", "\0\0\0\u0018ftypmp42\0\0\0\0isommp42" },
            { "wav.webp", "RIFF\u0024\0\0\0WAVEfmt " },
            { "zip.jpg", "PK\u0003\u0004\u0014\0\0\0" },
            { "elf.png", "\u007FELF\u0002\u0001\u0001" },
            { "script.jpg", "#!/bin/sh\nid\n" },
        };

    [Theory]
    [MemberData(nameof(Foreign))]
    public void What_is_none_of_the_formats_reaches_no_decoder(string name, string text)
    {
        var reason = Pictures.Refused(Encoding.Latin1.GetBytes(text));
        Assert.True(reason.StartsWith("The file is not an image of a supported format", StringComparison.Ordinal), $"{name}: {reason}");
    }

    [Theory]
    [MemberData(nameof(Foreign))]
    public void Behind_the_signature_of_a_format_it_is_refused_by_that_format(string name, string text)
    {
        byte[][] signatures =
        [
            [0xFF, 0xD8, 0xFF],
            [0x89, .. "PNG\r\n\u001A\n"u8],
            [.. "GIF89a"u8],
            [.. "II*\0"u8],
            [.. "MM\0*"u8],
            [.. "RIFF\0\0\0\0WEBP"u8],
            [.. "BM"u8, .. new byte[12], 40, 0, 0, 0],
            [0, 0, 0, 16, .. "ftypavif\0\0\0\0"u8],
            [0, 0, 0, 16, .. "ftypheic\0\0\0\0"u8],
        ];
        foreach (var signature in signatures)
        {
            byte[] bytes = [.. signature, .. Encoding.Latin1.GetBytes(text), .. new byte[64]];
            var check = Pictures.Reader.Check(bytes);
            Assert.True(
                check.Image?.Format == ImageFormat.Gif && name == "csv.jpg" // commas begin pictures in a GIF: it is one
                    || check.Reason!.Contains("damaged", StringComparison.Ordinal)
                    || check.Reason.Contains("cut short", StringComparison.Ordinal),
                $"{name}: {check}"
            );
        }
    }

    [Fact]
    public void A_picture_with_an_archive_behind_it_is_that_picture_and_keeps_its_bytes()
    {
        using var archive = new MemoryStream();
        archive.Write(Pictures.Bytes("scene.jpg"));
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = new StreamWriter(zip.CreateEntry("payload.js").Open());
            entry.Write("alert(1)");
        }

        var image = Pictures.Accepted(archive.ToArray());
        Assert.Equal((ImageFormat.Jpeg, archive.Length), (image.Format, image.Bytes.Length));
        Assert.InRange(Pictures.Difference(Pictures.Checked("scene.jpg"), image), 0, 0.01);
    }

    [Fact]
    public void A_GIF_that_is_also_a_script_is_a_GIF_or_nothing()
    {
        var check = Pictures.Reader.Check(Encoding.Latin1.GetBytes("GIF89a/*" + new string('a', 200) + "*/=1;alert(document.cookie);//"));
        Assert.True(check.Image is null or { MediaType: "image/gif" });
    }

    [Fact]
    public void No_other_loader_of_libvips_runs()
    {
        Pictures.Checked("scene.png");
        string[] allowed = ["jpegload", "pngload", "webpload", "gifload", "tiffload", "heifload"];
        var loaders = NetVips
            .NetVips.GetOperations()
            .Where(name => name.Contains("load", StringComparison.Ordinal) && name != "profile_load")
            .ToList();
        Assert.All(allowed, loader => Assert.Contains(loader, loaders));
        using var source = Source.NewFromMemory([1, 2, 3]);
        foreach (var loader in loaders)
        {
            object[] arguments =
                loader.EndsWith("_source", StringComparison.Ordinal) ? [source]
                : loader.EndsWith("_buffer", StringComparison.Ordinal) ? [new byte[] { 1, 2, 3 }]
                : loader == "rawload" ? ["/dev/null", 1, 1, 1]
                : ["/dev/null"];
            var error = Assert.ThrowsAny<Exception>(() => Operation.Call(loader, arguments));
            var isAllowed = allowed.Contains(loader.Split('_')[0]);
            Assert.True(error.Message.Contains("blocked", StringComparison.Ordinal) != isAllowed, $"{loader}: {error.Message}");
        }
    }

    [Theory]
    [InlineData("scene.png", MagickFormat.Png), InlineData("scene.jpg", MagickFormat.Jpeg), InlineData("scene.gif", MagickFormat.Gif)]
    [InlineData("scene.avif", MagickFormat.Avif), InlineData("scene.tif", MagickFormat.Tiff)]
    public void No_other_coder_of_ImageMagick_runs(string file, MagickFormat format)
    {
        ImageDecoder.Decode(Pictures.Bytes("scene.bmp"), ImageFormat.Bmp, 64);
        Assert.Throws<MagickPolicyErrorException>(() => new MagickImage(Pictures.Bytes(file), new MagickReadSettings { Format = format }));
        Assert.Throws<MagickPolicyErrorException>(() => new MagickImage(Pictures.Bytes(file)));
    }

    [Theory]
    [
        InlineData(MagickFormat.Svg),
        InlineData(MagickFormat.Pdf),
        InlineData(MagickFormat.Eps),
        InlineData(MagickFormat.Ps),
        InlineData(MagickFormat.Msl)
    ]
    [InlineData(MagickFormat.Mvg), InlineData(MagickFormat.Https), InlineData(MagickFormat.Caption), InlineData(MagickFormat.Txt)]
    public void Nothing_that_reads_files_or_addresses_runs_in_ImageMagick(MagickFormat format)
    {
        ImageDecoder.Decode(Pictures.Bytes("scene.bmp"), ImageFormat.Bmp, 64);
        Assert.Throws<MagickPolicyErrorException>(() => new MagickImage("x"u8, new MagickReadSettings { Format = format }));
    }
}
