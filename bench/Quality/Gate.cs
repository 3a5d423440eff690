using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Duplicates;
using Serverless.Duplicates.Calibration;
using Serverless.Embeddings;
using Serverless.Imaging;

namespace Bench.Quality;

/// <summary>A picture as the gate knows it.</summary>
internal sealed record ReadPicture(CheckedImage Image, Subject Subject);

/// <summary>From the bytes of two files to the verdict on the later one, by the code that decides on an upload.</summary>
internal sealed class Gate : IAsyncDisposable
{
    private readonly ServiceProvider services = Services();

    public DuplicatePolicy Policy => services.GetRequiredService<DuplicatePolicy>();

    public SubjectReader Pictures => services.GetRequiredService<SubjectReader>();

    /// <summary>The picture; null where the bytes are refused.</summary>
    public async Task<ReadPicture?> ReadAsync(byte[] bytes)
    {
        var reader = services.GetRequiredService<ImageReader>();
        if (reader.Check(bytes).Image is not { } image)
        {
            return null;
        }

        return new ReadPicture(image, await Pictures.ReadAsync(image, default));
    }

    /// <summary>What becomes of the later one where the first is live.</summary>
    public PairVerdict Judge(ReadPicture first, ReadPicture later) => Policy.Compare(later.Subject, first.Subject);

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static ServiceProvider Services()
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddSingleton(TimeProvider.System);
        services.AddImaging(configuration);
        services.AddEmbeddings(configuration);
        services.AddCalibration(configuration);
        return services.BuildServiceProvider();
    }
}
