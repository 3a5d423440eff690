namespace Serverless.Imaging.Decoders;

/// <summary>Runs work that may wait for a decoder away from the thread pool.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
