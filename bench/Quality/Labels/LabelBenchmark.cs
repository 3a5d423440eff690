using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Embeddings;
using Serverless.Features;
using Serverless.Imaging;
using Serverless.Labels;

namespace Bench.Quality.Labels;

/// <summary>
/// Finds the least certainty of each label on one half of the pictures, and measures precision and recall on the other. A label that is
/// not right often enough on the first half is not offered; nor is a thing that is not so on the second.
/// </summary>
internal static class LabelBenchmark
{
    private const double Scale = 34.25;

    /// <summary>Least precision of a label on the pictures it is calibrated on, and how many right ones it takes to tell.</summary>
    private static readonly Dictionary<LabelKind, (double Precision, int Right)> Wanted = new()
    {
        [LabelKind.Style] = (0.95, 6),
        [LabelKind.Objects] = (0.8, 2),
    };

    /// <summary>Below this, a label is never given.</summary>
    private static readonly Dictionary<LabelKind, double> LeastCertainty = new() { [LabelKind.Style] = 0.6, [LabelKind.Objects] = 0.5 };

    private sealed record Scored(LabelSample Sample, float[] Vector, VisualFeatures Visual, Dictionary<LabelKind, float[]> Certainties);

    public static async Task RunAsync(string work, string icons, string? write)
    {
        var samples = LabelSamples.All(work, icons);
        await using var services = Services();
        var texts = services.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>();
        var vectors = new Dictionary<LabelKind, LabelVectors>();
        foreach (var kind in Enum.GetValues<LabelKind>())
        {
            vectors[kind] = await LabelVectors.OfAsync([.. Vocabulary.OfToday.Labels.Where(label => label.Kind == kind)], texts, default);
        }

        var scored = new List<Scored>();
        var (reader, embedder) = (
            services.GetRequiredService<ImageReader>(),
            services.GetRequiredService<IEmbeddingGenerator<CheckedImage, ImageEmbedding>>()
        );
        foreach (var sample in samples)
        {
            if (reader.Check(sample.Read()).Image is { } image)
            {
                var visual = PictureAnalysis.Of(image);
                var vector = (await embedder.GenerateAsync([image]))[0].Vector;
                scored.Add(
                    new Scored(
                        IsOfBlackLines(sample, visual) ? sample with { Style = null } : sample,
                        vector.ToArray(),
                        visual,
                        vectors.ToDictionary(pair => pair.Key, pair => pair.Value.Certainties(vector.Span, Scale))
                    )
                );
            }
        }

        var head = StyleFit.Of([
            .. scored.Where(one => one.Sample is { IsHeldOut: false, Style: not null }).Select(one => (one.Sample.Style!, one.Vector)),
        ]);
        var byHead = vectors[LabelKind.Style].Labels.Select(label => head.Keys.ToList().IndexOf(label.Name)).ToList();
        foreach (var one in scored)
        {
            var certainties = StyleHead.Certainties(one.Vector, head.Values);
            StyleRules.Apply([.. head.Keys], certainties, one.Visual);
            one.Certainties[LabelKind.Style] = [.. byHead.Select(place => place < 0 ? 0 : certainties[place])];
        }

        var known = Enum.GetValues<LabelKind>().ToDictionary(kind => kind, kind => Calibrate(kind, vectors[kind].Labels, scored));
        var held = scored.Where(one => one.Sample.IsHeldOut).ToList();
        foreach (
            var label in vectors[LabelKind.Objects]
                .Labels.Index()
                .Where(label => known[LabelKind.Objects].ContainsKey(label.Item.Name))
                .ToList()
        )
        {
            var (given, right, _) = Measure(LabelKind.Objects, label, known[LabelKind.Objects][label.Item.Name], held);
            if (right < Wanted[LabelKind.Objects].Right || right < Wanted[LabelKind.Objects].Precision * given)
            {
                known[LabelKind.Objects].Remove(label.Item.Name);
            }
        }

        foreach (var kind in Enum.GetValues<LabelKind>())
        {
            Report(kind, vectors[kind].Labels, known[kind], held);
        }

        if (write is not null)
        {
            var labels = new Dictionary<string, object>
            {
                ["scale"] = Scale,
                ["style"] = known[LabelKind.Style],
                ["objects"] = known[LabelKind.Objects],
                ["styleHead"] = head,
            };
            await File.WriteAllTextAsync(write, JsonSerializer.Serialize(labels));
        }
    }

    /// <summary>A fifth of OpenMoji has no colour: a clip, a clock, an arrow. These are as much line drawings as clip art.</summary>
    private static bool IsOfBlackLines(LabelSample sample, VisualFeatures visual) =>
        sample.Set == "openmoji" && visual is { Chroma: 0, IsBlackAndWhite: true };

    private static Dictionary<string, double> Calibrate(LabelKind kind, IReadOnlyList<Label> labels, List<Scored> all)
    {
        var half = all.Where(one => !one.Sample.IsHeldOut).ToList();
        var sizes = half.CountBy(one => one.Sample.Style ?? "").ToDictionary();
        var found = new Dictionary<string, double>();
        foreach (var (place, label) in labels.Index())
        {
            // Each style counts as much as any other, however many pictures there are of it.
            var ranked = half.Select(one =>
                    (
                        Certainty: one.Certainties[kind][place],
                        IsFirst: one.Certainties[kind][place] >= one.Certainties[kind].Max(),
                        Is: Is(label, one.Sample),
                        Weight: kind == LabelKind.Style ? 1.0 / sizes[one.Sample.Style ?? ""] : 1
                    )
                )
                .Where(one => one.Is is not null && (one.IsFirst || kind != LabelKind.Style))
                .OrderByDescending(one => one.Certainty)
                .ToList();
            var (right, rightWeight, weight, least) = (0, 0.0, 0.0, double.NaN);
            foreach (var one in ranked)
            {
                weight += one.Weight;
                if (one.Is == true)
                {
                    right++;
                    rightWeight += one.Weight;
                    if (right >= Wanted[kind].Right && rightWeight >= Wanted[kind].Precision * weight)
                    {
                        least = one.Certainty;
                    }
                }
            }

            // A little below what was seen.
            if (!double.IsNaN(least))
            {
                found[label.Name] = Math.Round(Math.Max(LeastCertainty[kind], least * 0.98), 3);
            }
        }

        return found;
    }

    /// <summary>Null where the sample says nothing of such labels.</summary>
    private static bool? Is(Label label, LabelSample sample) =>
        label.Kind == LabelKind.Style
            ? sample.Style is null
                ? null
                : sample.Style == label.Name
            : sample.Said is null
                ? null
                : label.Words.Any(word => Regex.IsMatch(sample.Said, $@"\b{Regex.Escape(word)}s?\b", RegexOptions.IgnoreCase));

    private static void Report(LabelKind kind, IReadOnlyList<Label> labels, Dictionary<string, double> known, List<Scored> held)
    {
        Console.WriteLine(
            $"{kind}: {known.Count} of {labels.Count} labels are known; not: "
                + string.Join(", ", labels.Where(label => !known.ContainsKey(label.Name)).Select(label => label.Name))
        );
        var (plain, alike) = (new List<double>(), new List<double>());
        var sizes = held.CountBy(one => one.Sample.Style ?? "").ToDictionary();
        foreach (var (place, label) in labels.Index())
        {
            if (!known.TryGetValue(label.Name, out var least))
            {
                continue;
            }

            var (given, right, all) = Measure(kind, (place, label), least, held);
            plain.Add(F1(given, right, all));
            alike.Add(AlikeF1(kind, (place, label), least, held, sizes));
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{label.Name}\t{least:0.###}\tgiven {given}\tright {right}\tof {all}\t"
                        + $"precision {(given == 0 ? 0 : (double)right / given):0.00}\trecall {(all == 0 ? 0 : (double)right / all):0.00}"
                )
            );
        }

        if (kind == LabelKind.Style)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"macro F1 {plain.Average():0.00}, each kind of picture alike {alike.Average():0.00}"
                )
            );
        }
    }

    private static double F1(double given, double right, double all) => given + all == 0 ? 0 : 2 * right / (given + all);

    /// <summary>As if there were as many pictures of each kind.</summary>
    private static double AlikeF1(
        LabelKind kind,
        (int Index, Label Item) label,
        double least,
        List<Scored> held,
        Dictionary<string, int> sizes
    )
    {
        var (given, right, all) = (0.0, 0.0, 0.0);
        foreach (var same in held.GroupBy(one => one.Sample.Style ?? ""))
        {
            var (some, good, of) = Measure(kind, label, least, [.. same]);
            given += (double)some / sizes[same.Key];
            right += (double)good / sizes[same.Key];
            all += (double)of / sizes[same.Key];
        }

        return F1(given, right, all);
    }

    private static (int Given, int Right, int All) Measure(LabelKind kind, (int Index, Label Item) label, double least, List<Scored> held)
    {
        var (given, right, all) = (0, 0, 0);
        foreach (var one in held)
        {
            if (Is(label.Item, one.Sample) is not { } isIt)
            {
                continue;
            }

            var certainties = one.Certainties[kind];
            var isGiven = certainties[label.Index] >= least && (kind != LabelKind.Style || certainties[label.Index] >= certainties.Max());
            given += isGiven ? 1 : 0;
            right += isGiven && isIt ? 1 : 0;
            all += isIt ? 1 : 0;
        }

        return (given, right, all);
    }

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        return services.BuildServiceProvider();
    }
}
