using System.Reflection;
using System.Runtime.CompilerServices;
using Serverless.Images;
using Shared;

namespace Functions.Tests;

/// <summary>Limits on the size of the app's parts. If you hit one, look for the missing concept.</summary>
public sealed class ShapeTests
{
    private const int MostDependencies = 6;
    private const int MostArguments = 5;
    private const int MostLines = 250;
    private const int MostLinesOfTheStory = 80;
    private const int MostColumns = 140;

    /// <summary>Methods that take more, and why.</summary>
    private static readonly Dictionary<string, string> Wide = new()
    {
        ["SearchTools.SearchAsync"] = "the arguments of the tool, as clients name them",
        ["NormalEquations.Accumulate"] = "an inner loop over spans, which no object can hold",
        ["OriginalComparison.Compare"] = "both sides, each with its decoded image",
        ["AreaTest.Measure"] = "an inner loop",
        ["PatchMotion.Sample"] = "an inner loop over spans, which no object can hold",
        ["SceneRegistration.Measure"] = "an inner loop",
        ["PdfPageDrawings.ProcessPage"] = "overrides PdfPig's",
        ["PdfPageShapes.ProcessPage"] = "overrides PdfPig's",
        ["PdfPainter.BezierCurveTo"] = "overrides PdfPig's",
        ["PdfPainter.RenderGlyph"] = "overrides PdfPig's",
    };

    [Fact]
    public void No_class_takes_more_than_six_things() =>
        Assert.Empty(
            from type in Types()
            where type is { IsClass: true, IsAbstract: false } && !IsValue(type)
            from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let count = constructor.GetParameters().Length
            where count > MostDependencies
            select $"{type.FullName} takes {count}"
        );

    [Fact]
    public void No_method_takes_more_than_five_arguments_besides_cancellation() =>
        Assert.Equal(
            Wide.Keys.Order(StringComparer.Ordinal),
            from type in Types()
            from method in type.GetMethods(
                BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            )
            where !method.IsDefined(typeof(CompilerGeneratedAttribute)) && method.Name != "Deconstruct"
            where method.GetParameters().Count(parameter => parameter.ParameterType != typeof(CancellationToken)) > MostArguments
            let name = $"{type.Name}.{method.Name}"
            orderby name
            select name
        );

    [Fact]
    public void No_file_is_longer_than_250_lines_and_no_line_wider_than_140_columns() =>
        Assert.Empty(
            from source in SourceFolder.Paths("functions")
            let lines = File.ReadAllLines(source)
            let name = Path.GetRelativePath(RepositoryFolder.Path, source)
            from fault in lines
                .Index()
                .Where(line => line.Item.Length > MostColumns)
                .Select(line => $"{name}:{line.Index + 1} has {line.Item.Length} columns")
                .Concat(lines.Length > MostLines ? [$"{name} has {lines.Length} lines"] : [])
            select fault
        );

    [Fact]
    public void The_story_of_an_image_takes_at_most_80_lines() =>
        Assert.InRange(
            File.ReadAllLines(Path.Combine(RepositoryFolder.Path, "functions/Pipeline/ImagePipeline.cs")).Length,
            1,
            MostLinesOfTheStory
        );

    private static IEnumerable<Type> Types() =>
        from type in typeof(ImageRecord).Assembly.GetTypes()
        where type.Namespace?.StartsWith("Serverless", StringComparison.Ordinal) == true
        where !type.IsDefined(typeof(CompilerGeneratedAttribute))
        select type;

    /// <summary>Records are values, as wide as their data.</summary>
    private static bool IsValue(Type type) => type.GetMethod("<Clone>$") is not null;
}
