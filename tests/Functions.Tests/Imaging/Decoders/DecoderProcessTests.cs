using System.Diagnostics;
using Functions.Tests.Hostile;
using Serverless.Imaging;
using Serverless.Imaging.Decoders;
using Shared;

namespace Functions.Tests.Imaging.Decoders;

/// <summary>Whatever a picture does to its decoder, the app goes on and nothing is left of it.</summary>
public sealed class DecoderProcessTests
{
    [Theory]
    [InlineData("large-1201x803.jpg", "JPEG"), InlineData("scene.heic", "HEIC")]
    public void A_picture_that_takes_more_processor_time_than_the_limit_is_refused_in_a_sentence(string name, string format) =>
        Assert.Equal(
            $"The {format} image takes longer to decode than the limit of 0.001 s (Limits:MaxDecodeTime).",
            Pictures.Refused(Pictures.Bytes(name), new ImageLimits { MaxDecodeTime = TimeSpan.FromMilliseconds(1) })
        );

    [Fact]
    public async Task A_decode_that_overstays_leaves_nothing_running_and_gives_its_room_back()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        using var decoders = new OwnDecoders(new ImageLimits { MaxDecodeTime = TimeSpan.FromMilliseconds(200), MaxPixelsAtOnce = 1 });
        var check = Task.Run(() => decoders.Reader.Check(Bombs.All["scans-allowed.jpg"]()));
        var seen = new HashSet<int>();
        await Patience.UntilAsync(() =>
        {
            seen.UnionWith(decoders.Pool.Watch.Running.Where(run => run.Child.IsBackground).Select(run => run.Child.Id));
            return check.IsCompleted;
        });
        Assert.Contains("takes longer to decode than the limit of 0.2 s", (await check).Reason, StringComparison.Ordinal);
        Assert.All(seen, process => Assert.True(OwnDecoders.IsGone(process)));
        Assert.DoesNotContain(decoders.Pool.Idle, child => child.IsBackground);
        Assert.Empty(decoders.Pool.Watch.Running);
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("exif-6.jpg")).Image);
    }

    [Fact]
    public async Task A_picture_whose_decoder_dies_once_is_decoded_by_another()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        using var decoders = new OwnDecoders();
        var check = await CrashOnceAsync(decoders);
        Assert.NotNull(check.Image);
    }

    [Fact]
    public async Task A_picture_whose_decoder_dies_twice_is_refused_and_others_go_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        using var decoders = new OwnDecoders();
        var check = await CrashTwiceAsync(decoders);
        Assert.Equal("The picture crashed the decoder twice: the PNG file is damaged, or designed to do harm.", check.Reason);
        Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.jpg")).Image);
    }

    [Fact]
    public async Task Decoders_end_with_the_app_even_when_it_is_killed_and_they_are_busy()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are looked at in /proc.");
        var (exitCode, notes, output) = await DecoderChild.RunAsync(typeof(DecoderProcessTests), nameof(DieWhileDecoding));
        Assert.True(exitCode != 0 && notes.Length == 2, output);
        foreach (var process in notes)
        {
            await OwnDecoders.GoneAsync(int.Parse(process, null));
        }
    }

    [Fact(Explicit = true)]
    public async Task DieWhileDecoding()
    {
        using var decoders = new OwnDecoders();
        var idle = decoders.Idle(2);
        var bomb = Bombs.All["scans-allowed.jpg"]();
        _ = Task.Run(() =>
        {
            while (true)
            {
                decoders.Reader.Check(bomb);
            }
        });
        var busy = await decoders.BusyAsync();
        DecoderChild.Note($"{busy}");
        DecoderChild.Note($"{idle.First(process => process != busy)}");
        Process.GetCurrentProcess().Kill();
    }

    [Fact]
    public async Task A_decoder_knows_no_setting_and_no_key_of_the_app()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Its environment is read from /proc.");
        Environment.SetEnvironmentVariable("DECODER_TEST_KEY", "secret");
        using var decoders = new OwnDecoders();
        var process = decoders.Idle(1)[0];
        decoders.Reader.Check(Pictures.Bytes("scene.jpg"));
        Assert.DoesNotContain("secret", await File.ReadAllTextAsync($"/proc/{process}/environ"), StringComparison.Ordinal);
    }

    [Fact]
    public void Decoders_are_used_again()
    {
        using var decoders = new OwnDecoders();
        var idle = decoders.Idle(2);
        for (var i = 0; i < 10; i++)
        {
            Assert.NotNull(decoders.Reader.Check(Pictures.Bytes("scene.png")).Image);
        }

        Assert.Equal(idle.Order(), decoders.Pool.Idle.Select(child => child.Id).Order());
    }

    [Fact]
    public void What_is_no_message_is_noticed()
    {
        using var stray = new MemoryStream(new byte[500]);
        Assert.Throws<InvalidDataException>(() => DecoderProtocol.Receive<DecoderReply>(stray));
        using var end = new MemoryStream();
        Assert.Null(DecoderProtocol.Receive<DecoderReply>(end));
    }

    /// <summary>Has the decoder of a picture end in the middle of it.</summary>
    private static async Task<ImageCheck> CrashOnceAsync(OwnDecoders decoders)
    {
        decoders.Frozen(2);
        var check = Task.Run(() => decoders.Reader.Check(Pictures.Bytes("scene.png")));
        var crashed = await decoders.BusyAsync();
        OwnDecoders.End(crashed);

        // The next one may be frozen as well.
        OwnDecoders.Thaw(await decoders.BusyAsync(crashed));
        return await Patience.ForAsync(check);
    }

    /// <summary>Has two decoders, one after the other, end in the middle of a picture.</summary>
    private static async Task<ImageCheck> CrashTwiceAsync(OwnDecoders decoders)
    {
        decoders.Frozen(2);
        var check = Task.Run(() => decoders.Reader.Check(Pictures.Bytes("scene.png")));
        var first = await decoders.BusyAsync();
        OwnDecoders.End(first);
        OwnDecoders.End(await decoders.BusyAsync(first));
        return await Patience.ForAsync(check);
    }
}
