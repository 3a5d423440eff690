namespace Serverless.Embeddings.Catalogue;

/// <summary>The precision of a graph, and the repository's file for it.</summary>
internal static class ModelPrecision
{
    public const string Full = "fp32";
    public const string Int8 = "int8";

    public static string[] FileNames(string side, string precision) => precision == Int8 ? [side + "_int8", side + "_quantized"] : [side];
}
