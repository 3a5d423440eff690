namespace Serverless.Embeddings.Catalogue;

/// <summary>Which file of a repository holds the graph in the precision asked for.</summary>
internal static class ModelPrecision
{
    public const string Full = "fp32";
    public const string Int8 = "int8";

    public static string[] FileNames(string side, string precision) => precision == Int8 ? [side + "_int8", side + "_quantized"] : [side];
}
