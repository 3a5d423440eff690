using System.Globalization;
using Bench.Quality;
using Bench.Quality.Drawings;
using Bench.Quality.Labels;

// dotnet run -c Release --project bench/Quality [-- --every 3] [--kind "bar charts"] [--pairs FILE] [--wrong DIR] [--originals] [--seed N]
// dotnet run -c Release --project bench/Quality -- --pictures DIR
// dotnet run -c Release --project bench/Quality -- --labels FOLDER [--write FILE]   (icons and stamps: bench/Quality/Labels)
// dotnet run -c Release --project bench/Quality -- pair A B [C D …]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["pair", .. var files])
{
    await PairCommand.RunAsync(files);
    return;
}

var repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var work = Path.Combine(repository, "artifacts", "bench-quality");
Directory.CreateDirectory(work);
var every = Value("--every") is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : 1;
if (Value("--pictures") is { } pictures)
{
    PhotoSet.Collect(work, pictures);
    return;
}

if (Value("--labels") is { } icons)
{
    Typefaces.Load(work);
    await LabelBenchmark.RunAsync(work, icons, Value("--write"));
    return;
}

Frames.Write(work);
Typefaces.Load(work);
await using var benchmark = new Benchmark(
    new RunOptions(work, every, Value("--kind"), Value("--pairs"), Value("--wrong"))
    {
        IsWithoutSieve = args.Contains("--originals"),
        Seed = Value("--seed") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 0,
    }
);
await benchmark.RunAsync();

string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
