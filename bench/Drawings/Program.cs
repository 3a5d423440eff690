using System.Globalization;
using Bench.Drawings;
using Bench.Drawings.Sketches;

// dotnet run -c Release --project bench/Drawings -- [--sheets 2000] [--seed N] [--sketches 2] [--threads 1] [--no-model] [--picture FILE]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var options = Options.Of(args);
using var model = options.Model ? new Model(ModelFolder()) : null;
var benchmark = new Benchmark(options, model);
benchmark.Index();
Report.Print(benchmark, benchmark.Search(), options);
Report.Print(Cost.Measure(options, model));
if (options.Picture is { } file)
{
    ResultPicture.Save(file, benchmark, options);
}

static string ModelFolder()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (Path.Combine(folder.FullName, "models", "default") is var models && Directory.Exists(models))
        {
            return models;
        }
    }

    throw new DirectoryNotFoundException("No folder models/default above the program.");
}
