using System.Text.Json;
using Azure.Storage.Blobs;
using Functions.Tests.Ledger;
using Local;
using Local.Calibration;
using Shared;

namespace Functions.Tests.Duplicates.Calibration;

public sealed class CalibrationRunTests(StorageFixture storage)
{
    [Fact]
    public async Task A_container_is_sampled_and_the_recommendation_is_written_where_the_app_reads_it()
    {
        var container = new BlobContainerClient(storage.ConnectionString, $"calibrate-{Guid.NewGuid():N}");
        await container.CreateAsync();
        foreach (var photo in Picture.Photos.Take(3))
        {
            await container.UploadBlobAsync($"{photo}.jpg", BinaryData.FromBytes(await File.ReadAllBytesAsync(Picture.PhotoFile(photo))));
        }

        await container.UploadBlobAsync("notes.txt", BinaryData.FromString("no picture"));
        var settings = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(settings, """{ "Values": { "Storage__Images": "images" } }""");
        try
        {
            var output = new StringWriter();
            var request = new CalibrationRequest(container.Name, Sample: 10, Write: settings);
            Assert.Equal(
                0,
                await new CalibrationRun(request, new Screen(output), new Screen(TextWriter.Null)).RunAsync(
                    new Dictionary<string, string?> { ["AzureWebJobsStorage"] = storage.ConnectionString },
                    default
                )
            );
            Assert.Contains("54 copies", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("give a larger --sample", output.ToString(), StringComparison.Ordinal);
            using var written = JsonDocument.Parse(await File.ReadAllTextAsync(settings));
            var values = written.RootElement.GetProperty("Values");
            Assert.Equal("images", values.GetProperty("Storage__Images").GetString());
            var threshold = double.Parse(
                values.GetProperty("Duplicates__Threshold").GetString()!,
                System.Globalization.CultureInfo.InvariantCulture
            );
            Assert.InRange(threshold, 0.5, 0.995);
            Assert.Contains(
                $"Duplicates__Threshold={values.GetProperty("Duplicates__Threshold").GetString()}",
                output.ToString(),
                StringComparison.Ordinal
            );
        }
        finally
        {
            File.Delete(settings);
            await container.DeleteAsync();
        }
    }

    [Fact]
    public async Task A_models_own_file_gets_from_where_words_match_too_and_keeps_the_labels_that_were_not_measured()
    {
        var folder = Directory.CreateTempSubdirectory("calibrate-").FullName;
        var file = Path.Combine(folder, "thresholds.json");
        await File.WriteAllTextAsync(file, """{ "labels": { "scale": 20, "objects": { "cat": 0.5 } } }""");
        try
        {
            var output = new StringWriter();
            var request = new CalibrationRequest(
                Folder: Path.Combine(BuiltPrograms.RepositoryRoot, "local", "samples", "drawings"),
                Sample: 2,
                Write: file
            );

            Assert.Equal(
                0,
                await new CalibrationRun(request, new Screen(output), new Screen(TextWriter.Null)).RunAsync(
                    new Dictionary<string, string?> { ["Duplicates:Threshold"] = "0.9" },
                    default
                )
            );

            using var written = JsonDocument.Parse(await File.ReadAllTextAsync(file));
            var text = written.RootElement.GetProperty("text");
            Assert.InRange(text.GetProperty("similarity").GetDouble(), 0.1, 0.9);
            Assert.InRange(text.GetProperty("lead").GetDouble(), 0.01, 0.5);
            Assert.InRange(written.RootElement.GetProperty("instance_embeds").GetProperty("duplicate").GetDouble(), 0.5, 0.995);
            Assert.Equal(0.5, written.RootElement.GetProperty("labels").GetProperty("objects").GetProperty("cat").GetDouble());
            Assert.Contains("Labels are not measured", output.ToString(), StringComparison.Ordinal);
            Assert.Contains("Duplicates__Threshold is set, and goes before the model's", output.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
