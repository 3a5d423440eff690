namespace Functions.Tests.Embeddings.Generated;

/// <summary>A model folder in Hugging Face layout: the true architecture, weights from a seed, the tokenizer it is given.</summary>
internal static class GeneratedModel
{
    public static void Write(string folder, DualEncoderShape shape, string tokenizerFolder, bool int8 = false)
    {
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        var suffix = int8 ? "_int8" : string.Empty;
        DualEncoderGraphs.Vision(shape, int8).Onnx.Save(Path.Combine(folder, "onnx", $"vision_model{suffix}.onnx"));
        DualEncoderGraphs.Text(shape, int8).Onnx.Save(Path.Combine(folder, "onnx", $"text_model{suffix}.onnx"));
        File.WriteAllText(
            Path.Combine(folder, "config.json"),
            $$"""
            { "model_type": "{{(
                shape.Siglip ? "siglip" : "clip"
            )}}", "projection_dim": {{shape.Projection}}, "text_config": { "max_position_embeddings": {{shape.Length}} } }
            """
        );
        File.WriteAllText(
            Path.Combine(folder, "preprocessor_config.json"),
            shape.Siglip
                ? $$"""
                { "image_processor_type": "SiglipImageProcessor", "do_resize": true, "size": { "height": {{shape.ImageSize}}, "width": {{shape.ImageSize}} }, "resample": 3,
                  "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5] }
                """
                : $$"""
                { "image_processor_type": "CLIPImageProcessor", "do_resize": true, "size": { "shortest_edge": {{shape.ImageSize}} }, "resample": 3,
                  "do_center_crop": true, "crop_size": { "height": {{shape.ImageSize}}, "width": {{shape.ImageSize}} }, "do_rescale": true, "rescale_factor": 0.00392156862745098,
                  "do_normalize": true, "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711] }
                """
        );
        foreach (var path in Directory.EnumerateFiles(tokenizerFolder))
        {
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);
        }
    }
}
