using System.CommandLine;
using Local.Models;
using Serverless.Embeddings;
using Serverless.Embeddings.Catalogue;

namespace Local.Commands;

/// <summary>The catalogue of models: <c>models list</c> and <c>models pull NAME [--int8]</c>.</summary>
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
        var int8 = new Option<bool>("--int8") { Description = "Also download the quantised graphs" };
        var pull = new Command("pull", "Download a model into the hub's cache") { name, int8 };
        pull.SetAction(
            (parsed, cancellation) =>
                RunAsync(
                    stop =>
                        PullAsync(parsed.GetRequiredValue(name), parsed.GetValue(int8) ? ModelPrecision.Int8 : ModelPrecision.Full, stop),
                    cancellation
                )
        );
        return pull;
    }

    private Task ShowAsync()
    {
        ModelList.Show(hub.List(), output);
        return Task.CompletedTask;
    }

    private async Task PullAsync(string name, string precision, CancellationToken cancellation)
    {
        var folder = await hub.PullAsync(name, precision, errors, cancellation);
        output.WriteLine($"{name} is in {folder}");
        output.WriteLine(
            $"Use it with Embedding__Model={name}{(precision == ModelPrecision.Int8 ? " Embedding__Precision=int8" : string.Empty)}"
        );
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
