namespace Serverless.Imaging.Decoders;

/// <summary>Has the first decoder started while the app does, so that the first picture need not wait for it.</summary>
internal sealed class DecoderPreparation(DecoderPool pool) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        pool.Prepare();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
