namespace Serverless.Imaging.Decoders;

/// <summary>Starts the first decoder with the app, so that the first picture need not wait for it.</summary>
internal sealed class DecoderPreparation(DecoderPool pool) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        pool.Prepare();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
