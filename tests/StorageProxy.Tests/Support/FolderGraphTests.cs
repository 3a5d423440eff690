using Shared;
using Xunit;

namespace StorageProxy.Tests.Support;

/// <summary>What the tests of the folders rest on.</summary>
public sealed class FolderGraphTests
{
    [Theory]
    [InlineData("using Product.Storage;")]
    [InlineData("using static Product.Storage.Blob;")]
    [InlineData("using Stored = Product.Storage.Blob;")]
    [InlineData("var blob = new Product.Storage.Blob();")]
    [InlineData("var blob = new global::Product.Storage.Blob();")]
    [InlineData("var blob = new Storage.Blob();")]
    [InlineData("""var text = $"of {Storage.Blob.Size} bytes";""")]
    public void A_use_of_another_folder_is_found(string line) =>
        Assert.Equal(
            ["Ui uses Storage (Ui/Page.cs)"],
            Graph(("Ui/Page.cs", line), Blob)
                .Upward([
                    ["Storage", "Ui"],
                ])
        );

    [Theory]
    [InlineData("// As Storage.Blob does.")]
    [InlineData("/* using Product.Storage; */")]
    [InlineData("""var text = "Product.Storage.Blob";""")]
    [InlineData("var size = Storage.Length;")]
    [InlineData("var size = page.Storage.Blob;")]
    [InlineData("using Other.Product.Storage;")]
    public void Text_that_only_looks_like_a_use_is_ignored(string line) =>
        Assert.Empty(
            Graph(("Ui/Page.cs", line), Blob)
                .Upward([
                    ["Storage", "Ui"],
                ])
        );

    [Theory]
    [InlineData("Options options;")]
    [InlineData("Product.Options options;")]
    [InlineData("log.Started();")]
    public void A_use_of_the_root_is_found(string line) =>
        Assert.Equal(
            ["Ui uses the root (Ui/Page.cs)"],
            Graph(
                    ("Ui/Page.cs", line),
                    ("Options.cs", "internal sealed record Options;"),
                    ("Log.cs", "internal static class Log\n{\n    public static void Started(this ILogger log);\n}")
                )
                .UsesOfRoot()
        );

    [Fact]
    public void A_folder_may_have_a_type_of_the_same_name_as_the_root() =>
        Assert.Empty(
            Graph(
                    ("Ui/Page.cs", "Options options;"),
                    ("Ui/Options.cs", "internal sealed record Options;"),
                    ("Options.cs", "internal sealed record Options;")
                )
                .UsesOfRoot()
        );

    [Fact]
    public void The_root_may_use_every_folder() => Assert.Empty(Graph(("Program.cs", "using Product.Storage;"), Blob).Cycles());

    [Fact]
    public void A_cycle_is_reported_with_its_files_and_the_way_back()
    {
        var graph = Graph(
            ("A/One.cs", "using Product.B;"),
            ("A/Two.cs", "using Product.B;"),
            ("B/One.cs", "using Product.C;"),
            ("C/One.cs", "using Product.A;"),
            ("D/One.cs", "using Product.A;")
        );
        Assert.Equal(
            [
                "A uses B (A/One.cs, A/Two.cs), which leads back: B > C > A",
                "B uses C (B/One.cs), which leads back: C > A > B",
                "C uses A (C/One.cs), which leads back: A > B > C",
            ],
            graph.Cycles()
        );
    }

    [Fact]
    public void Only_uses_of_a_lower_floor_point_down()
    {
        var graph = Graph(("Low/A.cs", "using Product.High;"), ("High/A.cs", "using Product.Low;"), ("Beside/A.cs", "using Product.High;"));
        Assert.Equal(
            ["Beside uses High (Beside/A.cs)", "Low uses High (Low/A.cs)"],
            graph.Upward([
                ["Low"],
                ["High", "Beside"],
            ])
        );
    }

    [Fact]
    public void Every_folder_has_a_floor_and_every_floor_has_its_folders() =>
        Assert.Equal(
            ["Storage is on no floor", "Store is on a floor, but there is no such folder"],
            Graph(Blob)
                .Upward([
                    ["Store"],
                ])
        );

    private static (string Path, string Text) Blob => ("Storage/Blob.cs", "internal sealed class Blob;");

    private static FolderGraph Graph(params (string Path, string Text)[] files) =>
        new([.. files.Select(file => new SourceFile(file.Path, file.Text))], "Product");
}
