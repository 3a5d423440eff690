using Serverless.Api;
using Serverless.Images;
using Serverless.Imaging;
using Serverless.Storage;

namespace Functions.Tests.Api;

/// <summary>The names under which browsers save images.</summary>
public sealed class DownloadNameTests
{
    [Theory]
    [InlineData("holiday/dune.jpg", "dune.jpg")]
    [InlineData("holiday/Düne 2.JPEG", "Düne 2.JPEG")]
    [InlineData("page.html", "page.html.jpeg")]
    [InlineData("run.exe", "run.exe.jpeg")]
    [InlineData("no-extension", "no-extension.jpeg")]
    [InlineData("a/<script>.jpg", "script.jpg")]
    [InlineData("a/\u202egpj.exe", "gpj.exe.jpeg")]
    [InlineData("a/x\r\nSet-Cookie: a.jpg", "xSet-Cookie a.jpg")]
    [InlineData("a/...", null)]
    [InlineData("../../etc/passwd", "passwd.jpeg")]
    public void It_is_the_images_own_made_harmless(string name, string? expected)
    {
        var record = new ImageRecord
        {
            Path = new ImagePath("images", name),
            State = ImageState.Indexed,
            BlobETag = "1",
            Format = ImageFormat.Jpeg,
        };
        Assert.Equal(expected ?? $"{record.Id}.jpeg", DownloadName.Of(record));
        Assert.DoesNotContain("..", DownloadName.PathOf(record), StringComparison.Ordinal);
        Assert.DoesNotContain('\n', DownloadName.Header(DownloadName.Of(record)));
    }
}
