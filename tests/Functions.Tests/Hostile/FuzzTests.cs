using System.Globalization;
using System.Security.Cryptography;
using Shared;

namespace Functions.Tests.Hostile;

/// <summary>
/// Mutated inputs for whatever parses bytes from outside, from fixed seeds, in a process of its own. FUZZ_FACTOR multiplies
/// their number and moves the seeds on. An input that breaks something is kept in tests/Fixtures/fuzz and replayed ever after.
/// </summary>
[Long]
public sealed class FuzzTests
{
    private const long MostMemory = 1500;

    public static TheoryData<string> Targets => [.. FuzzTarget.All.Keys];

    private static int Factor =>
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ_FACTOR"), CultureInfo.InvariantCulture, out var factor) ? factor : 1;

    private static string Found(string target) => Path.Combine(RepositoryFolder.Path, "tests", "Fixtures", "fuzz", target);

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task No_input_does_worse_than_a_refusal(string target)
    {
        var (exitCode, notes, output) = await DecoderChild.RunAsync(
            typeof(FuzzTests),
            nameof(Fuzz),
            ("FUZZ_TARGET", target),
            ("FUZZ_FACTOR", $"{Factor}")
        );
        if (exitCode != 0)
        {
            var last = notes.Length > 0 ? notes[^1] : "the start";
            Assert.Fail($"{target}: {last} ended the process ({exitCode}). {Keep(target, last)}\n{output}");
        }

        Assert.Equal("done", notes[^1]);
    }

    /// <summary>The inputs that once broke something, then new ones. Each is noted before it is tried.</summary>
    [Fact(Explicit = true)]
    public void Fuzz()
    {
        var name = Environment.GetEnvironmentVariable("FUZZ_TARGET")!;
        var target = FuzzTarget.All[name]();
        foreach (var file in Directory.Exists(Found(name)) ? Directory.GetFiles(Found(name)) : [])
        {
            DecoderChild.Note(Path.GetFileName(file));
            target.Run(File.ReadAllBytes(file));
        }

        foreach (var good in target.Corpus)
        {
            target.Run(good);
        }

        for (var seed = Factor == 1 ? 0 : target.Iterations; seed < target.Iterations * Factor; seed++)
        {
            DecoderChild.Note($"seed {seed}");
            target.Run(Mutator.Mutate(target.Corpus, target.Words, seed));
        }

        Assert.True(!OperatingSystem.IsLinux() || DecoderChild.PeakMemory() < MostMemory, $"{DecoderChild.PeakMemory()} MiB were in use.");
        DecoderChild.Note("done");
    }

    /// <summary>Writes the input of a seed where the next run finds it.</summary>
    private static string Keep(string target, string note)
    {
        if (!note.StartsWith("seed ", StringComparison.Ordinal))
        {
            return "It was found before.";
        }

        var inputs = FuzzTarget.All[target]();
        var bytes = Mutator.Mutate(inputs.Corpus, inputs.Words, int.Parse(note.AsSpan(5), CultureInfo.InvariantCulture));
        Directory.CreateDirectory(Found(target));
        var file = Path.Combine(Found(target), Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        File.WriteAllBytes(file, bytes);
        return $"Kept as {file}.";
    }
}
