using System.Text;
using Functions.Tests.Imaging;

namespace Functions.Tests.Hostile;

/// <summary>Drawings may hold scripts: no browser runs them on this origin.</summary>
public sealed class DrawingAnswerTests(HostileApp hostile) : IClassFixture<HostileApp>
{
    [Fact]
    public async Task A_drawing_is_found_by_its_text_and_saved_not_shown()
    {
        var svg = Encoding.UTF8.GetBytes(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9' onload='alert(1)'><script>alert(2)</script><circle r='5'/></svg>"
        );
        foreach (
            var (name, bytes, type) in new[]
            {
                ("x.svg", svg, "image/svg+xml"),
                ("x.pdf", SheetFixture.Bytes("cairo.pdf"), "application/pdf"),
            }
        )
        {
            await hostile.IngestAsync(name, bytes);
            var record = (await hostile.Cluster.FindAsync(name))!.Value;
            using var content = await hostile.Http.GetAsync($"/api/images/{record.GetProperty("id").GetString()}/content");
            Assert.Equal(bytes, await content.Content.ReadAsByteArrayAsync());
            Assert.Equal(type, content.Content.Headers.ContentType?.MediaType);
            Assert.Equal("attachment", content.Content.Headers.ContentDisposition?.DispositionType);
            Assert.Equal(["default-src 'none'; sandbox"], content.Headers.GetValues("Content-Security-Policy"));
            Assert.Equal(["nosniff"], content.Headers.GetValues("X-Content-Type-Options"));
        }

        using var found = await hostile.Http.GetAsync("/api/search?text=A-101&mode=words");
        Assert.Contains("x.pdf", await found.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
