using Microsoft.Extensions.Options;
using Serverless.Embeddings;
using Serverless.Ledger;
using Serverless.Search;
using Serverless.Storage;

namespace Serverless.Models;

/// <summary>
/// The side that answers, and the one that is kept beside it during a change of model. Both follow the one row in the ledger. Whoever
/// works takes the services of the side in force once and ends with them, so a switch interrupts nothing. Thread-safe.
/// </summary>
internal sealed partial class ModelSides(IServiceProvider home, ILogger<ModelSides> logger) : IDisposable
{
    /// <summary>How long a side that is no longer used may still end its work.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(11);

    // Created when they are needed: the page and the API description need no storage.
    private readonly Lazy<ModelTable> rows = new(home.GetRequiredService<ModelTable>);
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Lazy<ModelSide> homeSide = new(() => new ModelSide(ChoiceOf(home), home, IsHome: true));
    private Sides? now;

    // Kept for the next attempt when opening it fails.
    private ModelSide? opening;

    /// <summary>The services of the model in force.</summary>
    public IServiceProvider Services => now?.InForce.Services ?? home;

    public ModelSide? Other => now?.Other;

    /// <summary>Null before the first look at the row.</summary>
    public ModelState? State => now?.State;

    /// <summary>Why the second model cannot be used in this process; null if it can, or if there is none.</summary>
    public string? OtherFailure => now?.OtherFailure;

    /// <summary>The side that writes this index; null if it is not in use, or not open here.</summary>
    public ModelSide? Of(string index) =>
        now is not { } sides ? null
        : sides.InForce.Choice.Index == index ? sides.InForce
        : sides.Other?.Choice.Index == index ? sides.Other
        : null;

    public ModelChoice Settings => homeSide.Value.Choice;

    public T Get<T>()
        where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Decides by row and settings which side is in force, before anything of it is prepared.</summary>
    public async Task DecideAsync(CancellationToken cancellation)
    {
        await rows.Value.EnsureAsync(cancellation);
        var (known, version) = await rows.Value.FindAsync(cancellation);
        var settings = homeSide.Value.Choice;
        if (version == default)
        {
            known = await home.GetRequiredService<IndexOwner>().StateOfAsync(settings, cancellation);
        }

        var decided = ModelDecision.Of(known, settings, await home.GetRequiredService<StorageClock>().NowAsync(cancellation));
        if (!settings.IsSameModel(decided.InForce) && LeftBehindReason(decided.InForce) is { } reason)
        {
            LogUnusable(logger, decided.InForce.Model, reason);
            decided = ModelDecision.Of(null, settings, default);
        }

        now = new Sides(decided with { RowVersion = version }, SideOf(decided.InForce), null, null);
    }

    /// <summary>Notes what was decided, once it has proved to work.</summary>
    public async Task NoteAsync(CancellationToken cancellation)
    {
        now!.InForce.IsOpen = true;
        var (known, _) = await rows.Value.FindAsync(cancellation);
        if (
            known is null
            || (known with { RowVersion = default, WrittenAt = default }) != (now.State with { RowVersion = default, WrittenAt = default })
        )
        {
            await rows.Value.TryWriteAsync(now.State, cancellation);
        }
    }

    /// <summary>Follows the row: opens and leaves sides until they are those that it names.</summary>
    public async Task FollowAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var (state, _) = await rows.Value.FindAsync(cancellation);
            if (state is null || now is null || (state.RowVersion == now.State.RowVersion && now.IsWhole))
            {
                return;
            }

            var before = now;
            var inForce = SideOf(state.InForce);
            if (await FailureAsync(inForce, cancellation) is { } failure)
            {
                LogStays(logger, state.InForce.Model, failure);
                return;
            }

            // The switch itself: one reference. The second side may take seconds to open, and is not waited for.
            now = new Sides(state, inForce, before.Find(state.Other), null);
            if (state.Other is { } choice)
            {
                var other = opening?.Choice == choice ? opening : opening = SideOf(choice);
                var reason = await FailureAsync(other, cancellation);
                now = reason is null ? now with { Other = other } : now with { Other = null, OtherFailure = reason };
            }

            Leave(before, now);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Why a model cannot be loaded, as a sentence that says what to do; null if its files are here.</summary>
    public static string? UnusableReason(ModelChoice choice)
    {
        try
        {
            if (choice.Provider == EmbeddingOptions.Onnx)
            {
                ModelFolder.Resolve(choice.Model, Embeddings.Catalogue.HubEnvironment.Read());
            }

            return null;
        }
        catch (Exception error) when (error is ModelException or IOException or UnauthorizedAccessException)
        {
            return error.Message;
        }
    }

    public void Dispose() => turn.Dispose();

    /// <summary>
    /// Why what the settings no longer name cannot answer meanwhile. A hosted provider's endpoint and key went with its name: nothing is
    /// sent to it with those of another one.
    /// </summary>
    private static string? LeftBehindReason(ModelChoice choice) =>
        choice.Provider == EmbeddingOptions.Onnx ? UnusableReason(choice) : "The settings no longer name its provider and key.";

    private async Task<string?> FailureAsync(ModelSide side, CancellationToken cancellation)
    {
        if (side.IsOpen)
        {
            return null;
        }

        try
        {
            await Task.Run(() => side.Services.GetRequiredService<IModelPreparation>().PrepareAsync(cancellation), cancellation);
            await side.Services.GetRequiredService<ImageIndex>().EnsureAsync(cancellation);
            side.IsOpen = true;
            return null;
        }
        catch (Exception error) when (error is ModelException or ModelMismatchException or OptionsValidationException)
        {
            LogUnusable(logger, side.Choice.Model, error.Message);
            return error.Message;
        }
    }

    private ModelSide SideOf(ModelChoice choice) =>
        now?.Find(choice) ?? (choice == homeSide.Value.Choice ? homeSide.Value : new ModelSide(choice, Compose(choice), IsHome: false));

    private IServiceProvider Compose(ModelChoice choice) => home.GetRequiredService<SideComposer>()(choice);

    private static ModelChoice ChoiceOf(IServiceProvider services)
    {
        var embedding = services.GetRequiredService<IOptions<EmbeddingOptions>>().Value;
        return new(embedding.Provider, embedding.Model, services.GetRequiredService<IOptions<SearchOptions>>().Value.Index);
    }

    private static void Leave(Sides before, Sides after)
    {
        foreach (var side in new[] { before.InForce, before.Other })
        {
            if (side is { IsHome: false, Services: IAsyncDisposable services } && side != after.InForce && side != after.Other)
            {
                _ = Task.Delay(Grace).ContinueWith(_ => services.DisposeAsync().AsTask(), TaskScheduler.Default).Unwrap();
            }
        }
    }

    [LoggerMessage(150, LogLevel.Warning, "The model {Model} cannot be used: {Reason}")]
    private static partial void LogUnusable(ILogger logger, string model, string reason);

    [LoggerMessage(
        151,
        LogLevel.Error,
        "This instance still answers with its previous model: {Model} is in force, but cannot be used. {Reason}"
    )]
    private static partial void LogStays(ILogger logger, string model, string reason);

    /// <summary>Replaced as a whole, never changed.</summary>
    private sealed record Sides(ModelState State, ModelSide InForce, ModelSide? Other, string? OtherFailure)
    {
        public bool IsWhole => State.Other is null || Other is not null || OtherFailure is not null;

        public ModelSide? Find(ModelChoice? choice) =>
            choice is null ? null
            : InForce.Choice == choice ? InForce
            : Other?.Choice == choice ? Other
            : null;
    }
}
