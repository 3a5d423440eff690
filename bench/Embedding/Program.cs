using System.Globalization;
using System.Runtime.InteropServices;
using Bench.Embedding;
using Functions.Tests.Embeddings;
using Functions.Tests.Embeddings.Generated;
using Local;

// dotnet run -c Release --project bench/Embedding [-- ROUNDS [PHOTOS] | decoders | features]
if (args is [FirstEmbedding.Verb, var modelFolder, var photo, var kind])
{
    FirstEmbedding.Run(modelFolder, photo, kind);
    return;
}

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is [DecoderPrice.Verb])
{
    DecoderPrice.Print(Path.Combine(AppContext.BaseDirectory, "../../../../../tests/Fixtures/photos"));
    return;
}

if (args is [FeaturePrice.Verb])
{
    var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
    FeaturePrice.Print(Path.Combine(root, "models", "default"), Path.Combine(root, "tests", "Fixtures", "photos"));
    return;
}

var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 5;
var count = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 30;
var repository = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../.."));
var work = Path.Combine(repository, "artifacts", "bench-embedding");
var (model, photos) = (Path.Combine(work, "clip-vit-b-32"), Path.Combine(work, "photos"));
if (!File.Exists(Path.Combine(model, "complete")))
{
    using var tokenizers = new TokenizerFolders();
    GeneratedModel.Write(model, DualEncoderShape.ClipVitB32, tokenizers["clip"]);
    GeneratedModel.Write(model, DualEncoderShape.ClipVitB32, tokenizers["clip"], int8: true);
    await File.WriteAllTextAsync(Path.Combine(model, "complete"), string.Empty);
}

Photos.Write(photos, count);
var peer = Path.Combine(repository, "tests", "peers", "transformers");
await NodePackages.InstallAsync(peer);

Console.WriteLine(
    $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {Environment.ProcessorCount} processors, VNNI: "
        + $"{(Processor.HasVnni ? "yes" : "no")}"
);
Console.WriteLine($"CLIP ViT-B/32 with generated weights, {count} JPEG files, {rounds} alternating rounds, medians [lowest..highest]");
using var benchmark = new Benchmark(model, photos, Path.Combine(peer, "bench.mjs"));
await benchmark.RunAsync(rounds);
var first = Directory.GetFiles(photos).Order(StringComparer.Ordinal).First();
FirstEmbedding.Print(model, first, "fp32");
FirstEmbedding.Print(model, first, "int8");
