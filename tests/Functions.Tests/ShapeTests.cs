using System.Reflection;
using System.Runtime.CompilerServices;
using Serverless.Images;
using Shared;

namespace Functions.Tests;

/// <summary>How large the pieces of the app may get: who meets a limit looks for the concept that is missing.</summary>
public sealed class ShapeTests
{
    private const int MostDependencies = 6;
    private const int MostLines = 250;
    private const int MostColumns = 140;

    [Fact]
    public void No_class_takes_more_than_six_things() =>
        Assert.Empty(
            from type in typeof(ImageRecord).Assembly.GetTypes()
            where type is { IsClass: true, IsAbstract: false } && !IsValue(type) && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            where type.Namespace?.StartsWith("Serverless", StringComparison.Ordinal) == true
            from constructor in type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let count = constructor.GetParameters().Length
            where count > MostDependencies
            select $"{type.FullName} takes {count}"
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

    /// <summary>Records are what is passed on, and as wide as what they tell.</summary>
    private static bool IsValue(Type type) => type.GetMethod("<Clone>$") is not null;
}
