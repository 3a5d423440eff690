using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Serverless.Pipeline;
using Serverless.Storage;
using Shared;

namespace Functions.Tests.Pipeline;

/// <summary>Who is blamed for the end of a process, and who waits for whom while an image is tried alone.</summary>
public sealed class AttemptsTests : IAsyncLifetime
{
    private const int ProcessThatIsNone = int.MaxValue;
    private readonly List<Attempts> processes = [];
    private AzuriteProcess? azurite;

    public async ValueTask InitializeAsync()
    {
        azurite = await AzuriteProcess.StartAsync();
        await Living("here").EnsureAsync(default);
    }

    public async ValueTask DisposeAsync()
    {
        processes.ForEach(process => process.Dispose());
        await azurite!.DisposeAsync();
    }

    [Fact]
    public async Task Who_wants_to_be_alone_waits_for_what_is_read_and_not_for_what_decides()
    {
        _ = await Killed().BeginAsync("suspect", "1", default);
        var process = Living("here");
        await using var reading = await process.BeginAsync("reading", "1", default);
        await using var deciding = await process.BeginDecidingAsync("deciding", "1", default);
        var alone = process.BeginAsync("suspect", "1", default);

        // The one that reads may be waited for by the one that decides, and must get on.
        await using var earlier = await Patience.ForAsync(process.BeginDecidingAsync("earlier", "1", default));
        Assert.False(alone.IsCompleted);
        reading.LeavePlace();
        await using var suspect = await Patience.ForAsync(alone);
        await using var another = await Patience.ForAsync(process.BeginDecidingAsync("another", "1", default));
    }

    [Fact]
    public async Task One_event_delivered_to_several_living_processes_is_no_death()
    {
        var twin = Living("there");
        await using var first = await twin.BeginAsync("image", "1", default);
        await using (var second = await Living("elsewhere").BeginAsync("image", "1", default))
        {
            _ = await Killed().BeginAsync("image", "1", default);
            var process = Living("here");
            await using var third = await process.BeginDecidingAsync("image", "1", default);
            Assert.False(first.IsDeadly || second.IsDeadly || third.IsDeadly);
        }

        // What one of them removed when it was done is its own.
        Assert.Equal(twin.Worker.Id, Assert.Single(await NotesAsync()).RowKey);
    }

    [Fact]
    public async Task A_living_process_at_the_same_image_holds_nobody_up()
    {
        await using var there = await Living("there").BeginAsync("image", "1", default);
        var process = Living("here");
        await using var here = await Patience.ForAsync(process.BeginAsync("image", "1", default));
        await using var beside = await Patience.ForAsync(process.BeginAsync("beside", "1", default));
    }

    [Fact]
    public async Task What_ends_the_app_twice_delivered_again_at_once_is_deadly_and_what_was_beside_it_is_not()
    {
        var (first, second) = (Killed(), Killed());
        _ = await first.BeginAsync("deadly", "1", default);
        _ = await first.BeginAsync("innocent", "1", default);
        Assert.False((await second.BeginAsync("deadly", "1", default)).IsDeadly);

        var survivor = Living("here");
        await using (var innocent = await survivor.BeginAsync("innocent", "1", default))
        {
            Assert.False(innocent.IsDeadly);
        }

        await using (var deadly = await survivor.BeginAsync("deadly", "1", default))
        {
            Assert.True(deadly.IsDeadly);
        }

        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task Another_version_begins_anew()
    {
        _ = await Killed().BeginAsync("image", "1", default);
        _ = await Killed().BeginAsync("image", "1", default);
        await using var next = await Living("here").BeginAsync("image", "2", default);
        Assert.False(next.IsDeadly);
    }

    [Fact]
    public async Task Who_was_alone_and_waits_for_others_now_is_not_blamed_for_the_next_end()
    {
        _ = await Killed().BeginAsync("image", "1", default);
        var second = Killed();
        var attempt = await second.BeginAsync("image", "1", default);
        attempt.LeavePlace();
        var patience = new Patience();
        while ((await NotesAsync()).Any(note => note.GetBoolean("Alone") == true))
        {
            Assert.False(patience.IsOver);
        }

        await using var third = await Living("here").BeginAsync("image", "1", default);
        Assert.False(third.IsDeadly);
    }

    [Fact]
    public async Task While_the_app_starts_again_and_again_it_takes_a_second_end_alone()
    {
        for (var start = 0; start <= AttemptHistory.FewStarts; start++)
        {
            await Living("here").EnsureAsync(default);
        }

        _ = await Killed().BeginAsync("image", "1", default);
        _ = await Killed().BeginAsync("image", "1", default);
        var third = await Killed().BeginAsync("image", "1", default);
        Assert.False(third.IsDeadly);
        await using var last = await Living("here").BeginAsync("image", "1", default);
        Assert.True(last.IsDeadly);
    }

    [Fact]
    public async Task Starts_of_long_ago_are_forgotten()
    {
        Assert.NotEmpty(await RowsAsync("start"));
        await Living("here", AttemptStarts.Lately + TimeSpan.FromMinutes(1)).EnsureAsync(default);
        Assert.Empty(await RowsAsync("start"));
    }

    [Fact]
    public async Task One_that_may_be_alive_and_tries_a_suspect_alone_is_waited_for()
    {
        _ = await Killed().BeginAsync("image", "1", default);
        var first = await Living("here").BeginAsync("image", "1", default);
        Assert.Single(await NotesAsync(), note => note.GetBoolean("Alone") == true);
        var second = Living("here").BeginAsync("image", "1", default);
        Assert.False(second.IsCompleted);
        await first.DisposeAsync();
        await using var next = await Patience.ForAsync(second);
        Assert.False(next.IsDeadly);
    }

    [Fact]
    public async Task A_process_that_went_silent_has_ended()
    {
        _ = await Killed().BeginAsync("image", "1", default);
        _ = await Living("here").BeginAsync("image", "1", default);
        await using var next = await Living("there", AttemptHistory.Silence + TimeSpan.FromSeconds(5)).BeginAsync("image", "1", default);
        Assert.True(next.IsDeadly);
    }

    [Fact]
    public async Task A_note_that_cannot_be_read_counts_for_nothing_and_goes()
    {
        await Table.UpsertEntityAsync(new TableEntity("image", "attempt") { ["Version"] = 1, ["Begun"] = "2" });
        await using (var next = await Living("here").BeginAsync("image", "1", default))
        {
            Assert.False(next.IsDeadly);
        }

        Assert.Empty(await NotesAsync());
    }

    private TableClient Table => new(azurite!.ConnectionString, "ImageAttempts");

    private Task<List<TableEntity>> NotesAsync() => RowsAsync("image", "deadly", "innocent");

    private async Task<List<TableEntity>> RowsAsync(params string[] partitions) =>
        [.. (await Table.QueryAsync<TableEntity>().ToListAsync()).Where(row => partitions.Contains(row.PartitionKey))];

    /// <summary>One of several processes on the same tables, whose storage says that it is later.</summary>
    private Attempts Living(string machine, TimeSpan later = default) =>
        Process(new AttemptWorker(NewId(), machine, Environment.ProcessId), later);

    /// <summary>One that is killed at what it begins: it gives no sign from then on.</summary>
    private Attempts Killed() => Process(new AttemptWorker(NewId(), "here", ProcessThatIsNone));

    private Attempts Process(AttemptWorker worker, TimeSpan later = default)
    {
        // By this clock no time passes: no sign is given.
        var clock = new FakeTimeProvider();
        var storage = new StorageClock(TimeProvider.System, _ => Task.FromResult(DateTimeOffset.UtcNow + later));
        var waits = later == default && worker.Process == Environment.ProcessId ? TimeProvider.System : clock;
        var process = new Attempts(new TableServiceClient(azurite!.ConnectionString), storage, waits) { Worker = worker };
        processes.Add(process);
        return process;
    }

    private static string NewId() => Guid.NewGuid().ToString("N");
}
