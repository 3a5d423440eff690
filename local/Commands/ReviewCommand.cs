using System.CommandLine;
using Local.Review;

namespace Local.Commands;

/// <summary>Makes the running stack judge its quarantine again, and prints what should not be there.</summary>
internal sealed class ReviewCommand : Command
{
    private const string Text =
        "Judge everything in quarantine again by the current rules, and list what should not be there; --restore puts it back";

    public ReviewCommand(SharedOptions shared)
        : base("review", Text)
    {
        var restore = new Option<bool>("--restore") { Description = "Put back what should not be there" };
        Options.Add(restore);
        SetAction((parsed, _) => RunAsync(shared.DataOf(parsed), parsed.GetValue(restore)));
    }

    private static async Task<int> RunAsync(string data, bool restore)
    {
        Loopback.BypassProxy();
        using var signals = new StopSignals(stopWithStandardInput: false);
        try
        {
            var stack =
                StackFile.Read(data)
                ?? throw new LocalRunException($"Nothing runs on {data}: start it first with \"dotnet run --project local\".");
            using var client = new ReviewClient(stack.Url, new LocalOptions().FunctionKey);
            return await RunAsync(client, restore, signals.Requested);
        }
        catch (LocalRunException exception)
        {
            Steps.Fail(exception.Message);
        }
        catch (HttpRequestException exception)
        {
            Steps.Fail($"The review failed: {exception.Message.Split('\n')[0]}");
        }
        catch (OperationCanceledException) { }

        return 1;
    }

    private static async Task<int> RunAsync(ReviewClient client, bool restore, CancellationToken cancellation)
    {
        var report = await client.RunAsync(restore, ReviewList.ShowProgress, cancellation);
        await ReviewList.ShowAsync(client.ImagesAsync(report, cancellation), Screen.Output);
        Console.WriteLine(ReviewList.Summary(report));
        return report.GetProperty("status").GetString() == "completed" ? 0 : 1;
    }
}
