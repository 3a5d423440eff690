using System.Globalization;
using System.Text.Json;
using Shared;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>The files of <c>tests/Fixtures/cases</c>, uploaded one after the other as their table says.</summary>
public sealed class CaseTests(SharedStack shared)
{
    private static readonly string Folder = Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "cases");

    [Fact]
    public async Task What_is_the_same_picture_is_moved_and_nothing_else()
    {
        var api = shared.Api;
        var wrong = new List<string>();
        foreach (var row in (await File.ReadAllLinesAsync(Path.Combine(Folder, "expected.tsv"))).Skip(1).Select(line => line.Split('\t')))
        {
            var (file, expected) = (row[0], Expectation.Of(row[1]));
            var record = await api.UploadAndWaitAsync($"cases/{file}", await File.ReadAllBytesAsync(Path.Combine(Folder, file)));
            if (!expected.Fits(record))
            {
                wrong.Add($"{file}: expected {row[1]} ({row[3]}), got {record}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>What a row of the table allows.</summary>
    private sealed record Expectation(string[] Outcomes, (int Width, int Height)? Size)
    {
        private const string Recorded = ", recorded as ";

        public static Expectation Of(string text)
        {
            var parts = text.Split(Recorded);
            int[] size = parts.Length == 1 ? [] : [.. parts[1].Split(" x ").Select(side => int.Parse(side, CultureInfo.InvariantCulture))];
            return new Expectation(parts[0].Split(" or "), size is [var width, var height] ? (width, height) : null);
        }

        public bool Fits(JsonElement record)
        {
            var (status, verdict) = ImageApi.Outcome(record);
            return Outcomes.Any(outcome =>
                    outcome switch
                    {
                        "new" => status == "indexed" && verdict is ("new" or "lookAlike"),
                        "notmoved" => status == "indexed",
                        "copy" => status == "quarantined",
                        "rejected" => status == "rejected",
                        _ => throw new InvalidOperationException($"No such expectation: {outcome}"),
                    }
                ) && (Size is not { } size || (record.GetProperty("width").GetInt32(), record.GetProperty("height").GetInt32()) == size);
        }
    }
}
