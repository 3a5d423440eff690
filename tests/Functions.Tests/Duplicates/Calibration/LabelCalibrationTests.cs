using System.Text.Json;
using Local.Calibration.Labels;
using Serverless.Embeddings;
using Serverless.Labels;

namespace Functions.Tests.Duplicates.Calibration;

public sealed class LabelCalibrationTests
{
    /// <summary>Labels along the axes; a picture is of a label as far as it points there.</summary>
    private static readonly Dictionary<LabelKind, LabelVectors> Vectors = new()
    {
        [LabelKind.Objects] = new LabelVectors(
            [Label("cat", "cat", "kitten"), Label("dog", "dog"), Label("sofa", "sofa")],
            [
                [1, 0, 0],
                [0, 1, 0],
                [0, 0, 1],
            ]
        ),
    };

    [Fact]
    public void A_label_gets_the_least_certainty_at_which_tags_agree_with_it()
    {
        var pictures = Enumerable.Range(0, 40).Select(number => number % 4 < 2 ? Picture("my kittens", 1, 0, 0) : Picture("dog", 0, 1, 0));
        var figures = new LabelCalibration([.. pictures], Vectors, new Dictionary<string, float[]>()).At(20);
        Assert.Equal(["cat", "dog"], figures.Select(label => label.Name));
        Assert.All(
            figures,
            label =>
            {
                Assert.InRange(label.Threshold!.Value, 0.5, 1);
                Assert.Equal((1.0, 20, 10), (label.Precision, label.Of, label.Right));
            }
        );
    }

    [Fact]
    public void A_label_that_tags_contradict_gets_none()
    {
        var pictures = Enumerable.Range(0, 40).Select(number => Picture(number % 4 < 2 ? "cat" : "dog", 1, 0, 0));
        var figures = new LabelCalibration([.. pictures], Vectors, new Dictionary<string, float[]>()).At(20);
        Assert.All(figures, label => Assert.Null(label.Threshold));
    }

    [Fact]
    public void Pictures_without_a_word_of_the_vocabulary_say_nothing()
    {
        var pictures = Enumerable
            .Range(0, 40)
            .Select(number => number % 2 == 0 ? Picture("cat", 1, 0, 0) : Picture("holiday 2019", 1, 0, 0))
            .Concat(Enumerable.Range(0, 8).Select(_ => Picture("sofa", 0, 0, 1)));
        var figures = new LabelCalibration([.. pictures], Vectors, new Dictionary<string, float[]>()).At(20);
        Assert.NotNull(figures.Single(label => label.Name == "cat").Threshold);
    }

    [Fact]
    public void Thresholds_are_written_where_the_app_reads_them_and_others_stay()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var file = Path.Combine(folder, "thresholds.json");
            File.WriteAllText(
                file,
                """{"image_embeds":{"duplicate":0.9},"labels":{"scale":34.25,"objects":{"cat":0.9,"dog":0.9,"key":0.7}}}"""
            );
            LabelFile.Write(
                file,
                new LabelMeasurement(
                    20,
                    [
                        new(LabelKind.Objects, "cat", 0.613, 9, 9, 30),
                        new(LabelKind.Objects, "dog", null, 9, 2, 30),
                        new(LabelKind.Style, "map", 0.8, 9, 9, 30),
                    ]
                )
            );
            using var written = JsonDocument.Parse(File.ReadAllText(file));
            Assert.Equal(0.9, written.RootElement.GetProperty("image_embeds").GetProperty("duplicate").GetDouble());
            var labels = LabelThresholds.Read(file, written.RootElement.GetProperty("labels"));
            Assert.Equal(20, labels.Scale);
            Assert.Equal(
                (0.613, null, 0.7, 0.8),
                (labels.Of("objects", "cat"), labels.Of("objects", "dog"), labels.Of("objects", "key"), labels.Of("style", "map"))
            );
            Assert.Throws<ModelException>(() => LabelFile.Write(Path.Combine(folder, "settings.json"), new LabelMeasurement(20, [])));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Label Label(string name, params string[] words) => new(LabelKind.Objects, name, words, words);

    private static SaidPicture Picture(string said, params float[] vector) => new([said], vector);
}
