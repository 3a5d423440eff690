using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace Tests;

internal readonly record struct TestResults(int Passed, int Failed, int Skipped)
{
    public static TestResults operator +(TestResults left, TestResults right) =>
        new(left.Passed + right.Passed, left.Failed + right.Failed, left.Skipped + right.Skipped);

    public static TestResults Add(TestResults left, TestResults right) => left + right;

    public override string ToString() => $"{Passed} passed, {Failed} failed" + (Skipped > 0 ? $", {Skipped} skipped" : "");

    /// <summary>
    /// What a test program reported. One that crashed, ran nothing, or ended badly without naming a failed test has failed too.
    /// </summary>
    public static (TestResults Results, string? Complaint) Read(string file, int exitCode)
    {
        if (ReadAssembly(file) is not { } assembly)
        {
            return (new TestResults(0, 1, 0), $"crashed, exit code {exitCode}");
        }
        int Count(string name) => int.Parse(assembly.Attribute(name)?.Value ?? "0", CultureInfo.InvariantCulture);

        var results = new TestResults(Count("passed"), Count("failed") + Count("errors"), Count("skipped"));
        if (results is { Passed: 0, Failed: 0, Skipped: 0 })
        {
            return (results with { Failed = 1 }, "no test ran");
        }
        return results.Failed == 0 && exitCode != 0 ? (results with { Failed = 1 }, $"ended with exit code {exitCode}") : (results, null);
    }

    private static XElement? ReadAssembly(string file)
    {
        try
        {
            return XDocument.Load(file).Root?.Element("assembly");
        }
        catch (Exception exception) when (exception is IOException or XmlException)
        {
            return null;
        }
    }
}
