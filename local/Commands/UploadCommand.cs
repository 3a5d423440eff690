using System.CommandLine;
using System.Globalization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Local.Commands;

/// <summary>Uploads pictures to the running stack and prints each verdict.</summary>
internal sealed class UploadCommand : Command
{
    private const int Together = 4;

    public UploadCommand(SharedOptions shared)
        : base("upload", "Upload files and folders to the running stack and print each verdict")
    {
        Files.Validators.Add(result =>
        {
            if (result.Tokens.FirstOrDefault(token => token.Value.StartsWith("--", StringComparison.Ordinal)) is { } option)
            {
                result.AddError($"\"{option.Value}\" is not an option of upload, which takes only --data DIR and files or folders.");
            }
        });
        Arguments.Add(Files);
        SetAction((parsed, _) => RunAsync(shared.DataOf(parsed), parsed.GetRequiredValue(Files)));
    }

    public Argument<string[]> Files { get; } =
        new("FILE") { Description = "Pictures, or folders of pictures", Arity = ArgumentArity.OneOrMore };

    private static async Task<int> RunAsync(string data, string[] paths)
    {
        Loopback.BypassProxy();
        using var signals = new StopSignals(stopWithStandardInput: false);
        try
        {
            var stack =
                StackFile.Read(data)
                ?? throw new LocalRunException($"Nothing runs on {data}: start it first with \"dotnet run --project local\".");
            var files = PictureFile.Find(paths);
            using var records = new ImageRecords(stack);
            var container = new BlobContainerClient(stack.Storage.ConnectionString, stack.Storage.Images);
            var undecided = 0;
            await Parallel.ForEachAsync(
                files,
                new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = signals.Requested },
                async (file, cancellation) =>
                {
                    var verdict = await UploadAsync(container, records, file, cancellation);
                    Interlocked.Add(ref undecided, verdict is null ? 1 : 0);
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"  {(verdict is null ? '…' : '✓')} {file.BlobName, -40} {verdict ?? "no verdict yet"}"
                        )
                    );
                }
            );
            return undecided == 0 ? 0 : 1;
        }
        catch (Exception exception) when (exception is LocalRunException or IOException or UnauthorizedAccessException)
        {
            Steps.Fail(exception.Message);
        }
        catch (Exception exception) when (exception is HttpRequestException or RequestFailedException or AggregateException)
        {
            Steps.Fail($"The upload failed: {exception.Message.Split('\n')[0]}");
        }
        catch (OperationCanceledException) { }
        return 1;
    }

    private static async Task<string?> UploadAsync(
        BlobContainerClient container,
        ImageRecords records,
        PictureFile file,
        CancellationToken cancellation
    )
    {
        var before = await records.DecidedAtAsync(file.BlobName, cancellation);
        await using var content = File.OpenRead(file.Path);
        var headers = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = file.ContentType } };
        await container.GetBlobClient(file.BlobName).UploadAsync(content, headers, cancellation);
        return await records.WaitForVerdictAsync(file.BlobName, before, cancellation);
    }
}
