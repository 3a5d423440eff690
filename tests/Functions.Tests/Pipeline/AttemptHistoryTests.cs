using Serverless.Pipeline;

namespace Functions.Tests.Pipeline;

/// <summary>When an image is to blame for the ends of processes that worked on it.</summary>
public sealed class AttemptHistoryTests
{
    private const int ProcessThatIsNone = int.MaxValue;
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly AttemptWorker Own = new("own", "here", Environment.ProcessId);

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(4, 0, false)]
    [InlineData(5, 0, true)]
    public void Its_second_end_alone_or_its_fifth_beside_others_tells(int beside, int alone, bool isDeadly)
    {
        var history = History([.. Ended(beside, isAlone: false), .. Ended(alone, isAlone: true)]);
        Assert.Equal(isDeadly, history.IsDeadly(startsLately: 3));
        Assert.Equal(beside + alone > 0, history.IsSuspect);
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, true)]
    [InlineData(5, 0, true)]
    public void While_the_app_is_ended_again_and_again_one_end_alone_may_be_an_accident(int beside, int alone, bool isDeadly) =>
        Assert.Equal(
            isDeadly,
            History([.. Ended(beside, isAlone: false), .. Ended(alone, isAlone: true)]).IsDeadly(AttemptHistory.FewStarts + 1)
        );

    [Fact]
    public void However_many_are_at_it_now_they_are_no_ends()
    {
        var history = History([
            .. Enumerable.Range(0, 9).Select(number => Note($"there{number}", "there", ProcessThatIsNone, Now - TimeSpan.FromSeconds(4))),
        ]);
        Assert.Equal(new AttemptHistory(0, 0, false), history);
        Assert.False(history.IsSuspect);
    }

    [Fact]
    public void One_that_is_silent_has_ended_wherever_it_was()
    {
        var silent = Now - AttemptHistory.Silence - TimeSpan.FromSeconds(1);
        Assert.Equal(
            2,
            History(Note("there", "there", ProcessThatIsNone, silent), Note("here", "here", Environment.ProcessId, silent)).Ends
        );
    }

    [Fact]
    public void One_of_this_machine_that_runs_no_more_has_ended_however_fresh_its_note_is()
    {
        Assert.Equal(1, History(Note("gone", "here", ProcessThatIsNone, Now)).Ends);
        Assert.Equal(0, History(Note("runs", "here", Environment.ProcessId, Now)).Ends);
    }

    [Fact]
    public void One_that_tries_it_alone_and_may_be_alive_is_told()
    {
        Assert.True(History(Note("there", "there", ProcessThatIsNone, Now, isAlone: true)).IsTriedAlone);
        Assert.False(History(Note("gone", "here", ProcessThatIsNone, Now, isAlone: true)).IsTriedAlone);
    }

    private static AttemptHistory History(params AttemptNote[] notes) => AttemptHistory.Of(notes, Own, Now);

    private static IEnumerable<AttemptNote> Ended(int count, bool isAlone) =>
        Enumerable.Range(0, count).Select(number => Note($"{number}{isAlone}", "here", ProcessThatIsNone, Now, isAlone));

    private static AttemptNote Note(string worker, string machine, int process, DateTimeOffset writtenAt, bool isAlone = false) =>
        new("image", "1", new AttemptWorker(worker, machine, process), isAlone) { WrittenAt = writtenAt };
}
