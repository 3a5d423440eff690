using System.Globalization;
using SearchScan;

// dotnet run -c Release --project bench/SearchScan [-- documents dimensions]
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var documents = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
var dimensions = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 512;

Console.WriteLine(
    $"{documents:N0} vectors of {dimensions} float32 = {(long)documents * dimensions * 4 / 1e6:N0} MB, {Environment.ProcessorCount} "
        + "processors"
);
var data = SyntheticIndex.Build(documents, dimensions);
ScanBenchmark.Run(data);
await IngestBenchmark.RunAsync(dimensions);
