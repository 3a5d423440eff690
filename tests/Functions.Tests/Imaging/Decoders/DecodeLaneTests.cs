using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Shared;

namespace Functions.Tests.Imaging.Decoders;

/// <summary>Neither size nor slowness of one picture holds up the others. Decoders are frozen, so that no clock decides.</summary>
public sealed class DecodeLaneTests
{
    private static readonly int Places = Math.Max(2, Environment.ProcessorCount);

    [Fact]
    public async Task A_small_picture_is_decoded_while_large_ones_have_all_the_places_they_may_have()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        var picture = Pictures.Bytes("large-1201x803.jpg");
        using var decoders = new OwnDecoders(new ImageLimits { MaxPixelsAtOnce = 1201 * 803 * 2L * (Places + 1) });
        decoders.Frozen(Places, isBackground: true);
        var large = Enumerable.Range(0, Places + 1).Select(_ => Task.Run(() => decoders.Reader.Check(picture))).ToList();
        await decoders.BusyAsync(Places, run => run.Child.IsBackground);

        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.jpg")).Image);
        Assert.DoesNotContain(large, check => check.IsCompleted);
        decoders.Dispose();
        foreach (var check in large)
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(() => check);
        }
    }

    [Fact]
    public async Task Decoders_that_were_all_busy_at_once_are_all_used_again()
    {
        using var decoders = new OwnDecoders();
        int[] before = [];
        for (var round = 0; round < 3; round++)
        {
            var rented = Enumerable.Range(0, Places).Select(_ => decoders.Pool.Rent(isBackground: false)).ToList();
            await Patience.UntilAsync(() => decoders.Pool.Idle.Any());
            rented.ForEach(decoders.Pool.Return);
            int[] idle = [.. decoders.Pool.Idle.Select(child => child.Id).Order()];
            Assert.Equal(Places + 1, idle.Length);
            Assert.True(round == 0 || idle.SequenceEqual(before));
            before = idle;
        }
    }

    [Fact]
    public async Task A_picture_that_takes_longer_than_its_size_should_gives_its_place_among_the_quick_to_the_next()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        using var decoders = new OwnDecoders();
        var (run, asked) = Slow(decoders);
        await Patience.UntilAsync(() => run.Child.IsBackground || asked.IsCompleted);
        Assert.True(run.Child.IsBackground);

        Assert.Equal((Places, Places - 1), (decoders.Pool.Quick.CurrentCount, decoders.Pool.Background.CurrentCount));
        OwnDecoders.Thaw(run.Child.Id);
        await asked;
        run.Dispose();
        Assert.Equal((Places, Places), (decoders.Pool.Quick.CurrentCount, decoders.Pool.Background.CurrentCount));
    }

    [Fact]
    public async Task Where_the_slow_have_no_place_left_it_is_ended_to_begin_anew_when_they_have()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        using var decoders = new OwnDecoders();
        for (var place = 0; place < Places; place++)
        {
            await decoders.Pool.Background.WaitAsync();
        }

        var (run, asked) = Slow(decoders);
        await Assert.ThrowsAsync<DecoderDiedException>(() => Patience.ForAsync(asked));
        Assert.Equal(DecodeEnd.ToBackground, run.End);
        run.Dispose();
        Assert.Equal(Places, decoders.Pool.Quick.CurrentCount);
    }

    /// <summary>A run among the quick whose decoder has had its time, and is at work.</summary>
    private static (DecodeRun Run, Task Asked) Slow(OwnDecoders decoders)
    {
        var process = decoders.Frozen(1)[0];
        var run = DecodeRun.Begin(decoders.Pool, isBackground: false, TimeSpan.FromMinutes(1), DecodeTimeout.Unlimited.Begin());
        Assert.Equal(process, run.Child.Id);
        run.Quick = TimeSpan.FromSeconds(-1);
        var bytes = Pictures.Bytes("scene.png");
        return (run, Task.Run(() => run.Ask(new DecoderRequest(DecoderOperation.Open, ImageFormat.Png), bytes, out _)));
    }
}
