using System.CommandLine;
using Local.Models;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Commands;

/// <summary>The catalogue of models: <c>models list</c> and <c>models pull NAME</c>.</summary>
internal sealed class ModelsCommand : Command
{
    private const int Failed = 1;
    private const int Interrupted = 130;

    private readonly ModelHub hub;
    private readonly Screen output;
    private readonly Screen errors;

    public ModelsCommand()
        : this(ModelHub.Create()) { }

    public ModelsCommand(ModelHub hub, Screen? output = null, Screen? errors = null)
        : base("models", "List the catalogue of models, or download one")
    {
        this.hub = hub;
        this.output = output ?? Screen.Output;
        this.errors = errors ?? Screen.Errors;
        Subcommands.Add(ListCommand());
        Subcommands.Add(PullCommand());
    }

    private Command ListCommand()
    {
        var list = new Command("list", "List the models known by name");
        list.SetAction((_, cancellation) => RunAsync(_ => ShowAsync(), cancellation));
        return list;
    }

    private Command PullCommand()
    {
        var name = new Argument<string>("NAME") { Description = "A name from the list, or owner/repository[@revision] on the hub" };
        var int8 = new Option<bool>("--int8")
        {
            Description = "Also download the quantised graphs; they are refused if their vectors differ from the full ones'",
        };
        var accept = new Option<bool>("--accept-licence") { Description = "Accept a licence with restrictions, without being asked" };
        var pull = new Command("pull", "Download a model into the hub's cache, calibrate and measure it") { name, int8, accept };
        pull.SetAction(
            (parsed, cancellation) =>
            {
                var precision = parsed.GetValue(int8) ? ModelPrecision.Int8 : ModelPrecision.Full;
                var request = new PullRequest(parsed.GetRequiredValue(name), precision, parsed.GetValue(accept));
                return RunAsync(stop => PullAsync(request, stop), cancellation);
            }
        );
        return pull;
    }

    private Task ShowAsync()
    {
        ModelList.Show(hub.List(AppSettings.Model), output);
        return Task.CompletedTask;
    }

    private async Task PullAsync(PullRequest request, CancellationToken cancellation)
    {
        var folder = await hub.PullAsync(request, errors, cancellation);
        var precision = request.Precision == ModelPrecision.Int8 ? " Embedding__Precision=int8" : string.Empty;
        output.WriteLine($"{request.Name} is in {folder}");
        output.WriteLine($"Use it with Embedding__Model={request.Name}{precision}");
    }

    private async Task<int> RunAsync(Func<CancellationToken, Task> run, CancellationToken cancellation)
    {
        using var signals = new StopSignals(stopWithStandardInput: false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(signals.Requested, cancellation);
        try
        {
            await run(stop.Token);
            return 0;
        }
        catch (Exception exception) when (exception is ModelException or IOException or UnauthorizedAccessException)
        {
            errors.WriteLine(exception.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            errors.WriteLine("Stopped. The partial download is kept; pull again to resume.");
            return Interrupted;
        }
    }
}
